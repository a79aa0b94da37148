/**
 * What the rows that are there count for, as rows of the delta tables: by the functions that the triggers call. The triggers tell of
 * changes; this tells of everything, for counting again, and of some of it, where cells cannot tell what is asked for.
 */
import { sql, type Sql } from "../../db";

/**
 * Rows as of `delta`: one for each message, its feedback included, and one for each verification.
 *
 * @param only conditions for `m`, a message, and for `v`, a verification
 */
export function countsOfRows(only: { messages: Sql; verifications: Sql } = EVERYTHING): Sql {
  return sql`(
    select c.* from message m left join feedback f on f.message_id = m.id, lateral counts_of(m => m, f => f) c
    where ${only.messages}
    union all
    select c.* from verification v, lateral counts_of(v => v) c where ${only.verifications})`;
}

/** Rows as of `detail_delta`: none or some for each message. */
export function detailsOfRows(messages: Sql = EVERYTHING.messages): Sql {
  return sql`(select d.* from message m, lateral details_of(m) d where ${messages})`;
}

const EVERYTHING = { messages: sql`true`, verifications: sql`true` };
