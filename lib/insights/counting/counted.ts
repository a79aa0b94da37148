/**
 * What the rows that are there count for, as rows of the delta tables: by the functions that the triggers call. The triggers tell of
 * changes; this tells of everything, for counting again, and of some of it, where cells cannot tell what is asked for.
 */
import { raw, sql, type Sql } from "../../db";
import { COLUMN_NAMES } from "./counts";

const COUNTS = raw(COLUMN_NAMES.map((column) => `c.${column}`).join(", "));

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

// What follows is of some rows only, perhaps of half a million. Most of them are alike in all that `counts_of` looks at: so many messages of
// one status, with a confirmation, at one price. So they are put together first, and what such a group counts for is worked out once, with
// its number as `sign`. OFFSET 0 keeps the rows apart from the statement they are in: the plan is one for many rows, whatever PostgreSQL
// thinks of the rest.

/** How `counts_of` looks at a column: at its value, or only at whether there is one; and what stands for one then. */
type Looked = "value" | { present: string };

const MOMENT: Looked = { present: "epoch" };

/** All that `counts_of` looks at, besides where and when. */
const LOOKED_AT = {
  message: {
    sid: { present: "" },
    status: "value",
    refused_at: MOMENT,
    delivered_at: MOMENT,
    confirmed_at: MOMENT,
    late: "value",
    price: "value",
    price_unit: "value",
  },
  feedback: { reported_at: MOMENT },
  verification: { accepted_at: MOMENT, status: "value", sends: "value", denied_at: MOMENT },
} satisfies Record<string, Record<string, Looked>>;

type Table = keyof typeof LOOKED_AT;

/** The columns by which rows are alike, as names. */
const namesOfKeys = (table: Table) => Object.keys(LOOKED_AT[table]).join(", ");
export const MESSAGE_KEYS = raw([namesOfKeys("message"), namesOfKeys("feedback")].join(", "));
export const VERIFICATION_KEYS = raw(namesOfKeys("verification"));

/** The same of a row, each under its name. */
function keysOf(table: Table, alias: string): Sql {
  const keys = Object.entries<Looked>(LOOKED_AT[table]).map(([column, looked]) =>
    looked === "value" ? `${alias}.${column}` : `(${alias}.${column} is not null) as ${column}`,
  );
  return raw(keys.join(", "));
}

/** A row of a table that has these keys; of a feedback that is not there, one without anything in it. */
function rowWithKeys(table: Table): Sql {
  const members = Object.entries<Looked>(LOOKED_AT[table]).map(
    ([column, looked]) =>
      `'${column}', ${looked === "value" ? column : `case when ${column} then '${looked.present}' end`}`,
  );
  // A row that is there has an id.
  const id = table === "feedback" ? "" : "'id', '00000000-0000-0000-0000-000000000000', ";
  return raw(`jsonb_populate_record(null::${table}, jsonb_build_object(${id}${members.join(", ")}))`);
}

/**
 * Some messages, each as a row with where and when it was, what it is alike to others in, its feedback included, and its keys.
 *
 * @param only a condition for `m`
 */
export function keyedMessages(only: Sql): Sql {
  return sql`(
    select m.requested_at as at, m.country::text as country, coalesce(m.network, '') as network, m.action,
      m.sender, m.channel::text as channel, coalesce(m.locale, '') as locale, ${keysOf("message", "m")}, ${keysOf("feedback", "f")}, k.*
    from message m left join feedback f on f.message_id = m.id, lateral detail_keys(m) k where ${only} offset 0)`;
}

/**
 * Some verifications, each as a row with where and when it was, and what it is alike to others in.
 *
 * @param only a condition for `v`
 */
export function keyedVerifications(only: Sql): Sql {
  return sql`(
    select v.created_at as at, v.country::text as country, coalesce(v.network, '') as network, v.action,
      v.sender, v.channel::text as channel, coalesce(v.locale, '') as locale, ${keysOf("verification", "v")}
    from verification v where ${only} offset 0)`;
}

const namesIn = (alias: string, names: readonly string[]) =>
  raw(names.map((name) => `${alias}.${name}`).join(", "));

/**
 * What groups of messages that are alike count for.
 *
 * @param groups rows with `names`, the keys, and `n`, how many messages each is of
 * @param names of what else tells the groups apart
 */
export function countsOfMessages(groups: Sql, names: readonly string[]): Sql {
  return sql`
    select ${namesIn("alike", names)}, ${COUNTS} from (
      select ${namesIn("g", names)}, n, ${rowWithKeys("message")} as m, ${rowWithKeys("feedback")} as f from ${groups} g offset 0) alike,
      lateral counts_of(m => alike.m, f => alike.f, sign => alike.n) c`;
}

/** As `countsOfMessages`, of verifications. */
export function countsOfVerifications(groups: Sql, names: readonly string[]): Sql {
  return sql`
    select ${namesIn("alike", names)}, ${COUNTS} from (
      select ${namesIn("g", names)}, n, ${rowWithKeys("verification")} as v from ${groups} g offset 0) alike,
      lateral counts_of(v => alike.v, sign => alike.n) c`;
}
