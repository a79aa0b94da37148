/**
 * What the rows that are there count for, as rows of the delta tables: by the functions that the triggers call. The triggers tell of
 * changes; this tells of everything, for counting again, and of some of it, where cells cannot tell what is asked for.
 */
import { sql, type Sql } from "../../db";

/** Rows as of `delta`: one for each message, its feedback included, and one for each verification. */
export function countsOfRows(): Sql {
  return sql`(
    select c.* from message m left join feedback f on f.message_id = m.id, lateral counts_of(m => m, f => f) c
    union all
    select c.* from verification v, lateral counts_of(v => v) c)`;
}

/** Rows as of `detail_delta`: none or some for each message. */
export function detailsOfRows(): Sql {
  return sql`(select d.* from message m, lateral details_of(m) d)`;
}

// What follows is of some rows only. OFFSET 0 keeps each apart from the statement it is in: what a row counts for is worked out once, and
// the plan is one for many rows, whatever PostgreSQL thinks of the rest.

/**
 * Some messages, each as a row with what it counts for, its feedback included.
 *
 * @param only a condition for `m`
 */
export function countedMessages(only: Sql): Sql {
  return sql`(
    select c.* from message m left join feedback f on f.message_id = m.id, lateral counts_of(m => m, f => f) c
    where ${only} offset 0)`;
}

/**
 * Some messages, each as a row with its keys.
 *
 * @param only a condition for `m`
 */
export function keyedMessages(only: Sql): Sql {
  return sql`(
    select quarter(m.requested_at) as at, m.country::text as country, coalesce(m.network, '') as network, m.action, k.*
    from message m, lateral detail_keys(m) k where ${only} offset 0)`;
}

/**
 * Some verifications, each as a row with what it counts for.
 *
 * @param only a condition for `v`
 */
export function countedVerifications(only: Sql): Sql {
  return sql`(select c.* from verification v, lateral counts_of(v => v) c where ${only} offset 0)`;
}
