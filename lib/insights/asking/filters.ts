/**
 * Which messages a report is about.
 */
import { secondsAfter } from "../../clock";
import { empty, join, raw, sql, type Sql } from "../../db";
import { unionOf, type Period } from "../counting/spans";

export type Dimension = "country" | "network" | "action";

/** Values one of which a message must have, and values it must not have; an empty list asks for nothing. */
export interface Condition {
  in: string[];
  notIn: string[];
}

/** One condition per dimension; a message must meet all of them. */
export interface Filters {
  /** ISO 3166-1 alpha-2. */
  country?: Condition;
  /** The range holder's name; "" for those whose holder is not known. */
  network?: Condition;
  action?: Condition;
  /** 1k blocks, as in +5511987654. */
  block?: Condition;
  /** Delivery statuses. */
  status?: Condition;
  /** Twilio's codes. */
  errorCode?: Condition;
  /** Only messages whose secret came back, or only the others. */
  confirmed?: boolean;
}

/** Whether cells cannot tell what is asked for, so that the messages themselves are counted. */
export function asksMessages(filters: Filters): boolean {
  return filters.block !== undefined || asksByFate(filters);
}

/** Whether messages are chosen by what became of them: then their conversion says nothing of a destination. */
export function asksByFate({ status, errorCode, confirmed }: Filters): boolean {
  return Boolean(status ?? errorCode) || confirmed !== undefined;
}

/** Whether messages are a part of destinations, which are watched for drops as wholes. */
export function asksOfParts({ network, action, block }: Filters): boolean {
  return Boolean(network ?? action ?? block);
}

/** The widest scope whose cells tell apart what is filtered or grouped by. */
export function scopeOf(filters: Filters, by: readonly Dimension[]): "world" | "country" | "network" {
  if (filters.network || by.includes("network")) return "network";
  return filters.country || by.includes("country") ? "country" : "world";
}

/** `and …` for rows of cells, deltas and tallies. */
export function countFilters({ country, network, action }: Filters, alias: "c" | "d"): Sql {
  return sql`${condition(raw(`${alias}.country`), country)} ${condition(raw(`${alias}.network`), network)}
    ${condition(raw(`${alias}.action::text`), action)}`;
}

/** `and …` for rows of message, by columns that its indexes have. */
export function messageFilters(filters: Filters, alias: "m" | "o" = "m"): Sql {
  return sql`${placeFilters(filters, alias)} ${fateFilters(filters, alias)}`;
}

/**
 * `and …` for rows of verification. Status, error and outcome are its messages': one of them must meet all three.
 *
 * @param periods of the verifications
 */
export function verificationFilters(filters: Filters, periods: readonly Period[]): Sql {
  if (!asksByFate(filters)) return placeFilters(filters, "v");
  const ofTheirMessages = periods.map(({ from, to }) => ({
    from,
    to: secondsAfter(to, LONGEST_LIFETIME_SECONDS),
  }));
  return sql`${placeFilters(filters, "v")} and v.id in (
    select o.verification_id from message o
    where ${withinPeriods(sql`o.requested_at`, ofTheirMessages)} ${messageFilters(filters, "o")})`;
}

/** The condition that a moment lies in one of some periods; each is a range of an index, and nothing between them is read. */
export function withinPeriods(column: Sql, periods: readonly Period[]): Sql {
  const each = unionOf(periods).map(
    ({ from, to }) => sql`${column} >= ${from}::timestamptz and ${column} < ${to}::timestamptz`,
  );
  return sql`((${join(each, ") or (")}))`;
}

/** No verification lives longer, and so has no later message. */
const LONGEST_LIFETIME_SECONDS = 36_000;

/** `and …` for rows of message, of only those conditions that an index finds: what has to be read at most. */
export function indexedFilters({ country, block, errorCode }: Filters): Sql {
  const only = (found?: Condition) => found && { in: found.in, notIn: [] };
  return sql`${placeFilters({ country: only(country), block: only(block) }, "m")}
    ${fateFilters({ errorCode: only(errorCode) }, "m")}`;
}

function placeFilters({ country, network, action, block }: Filters, alias: "m" | "o" | "v"): Sql {
  return sql`${condition(raw(`${alias}.country`), country)} ${condition(raw(`coalesce(${alias}.network, '')`), network)}
    ${condition(raw(`${alias}.action::text`), action)} ${condition(raw(`${alias}.block`), block)}`;
}

function fateFilters({ status, errorCode, confirmed }: Filters, alias: "m" | "o"): Sql {
  const codes = (values: string[]) => join(values.map((value) => sql`${Number(value)}::int`));
  const { in: included, notIn } = errorCode ?? NOTHING;
  return sql`${condition(raw(`coalesce(${alias}.status::text, '')`), status)}
    ${included.length ? sql`and ${raw(`${alias}.error_code`)} in (${codes(included)})` : empty}
    ${notIn.length ? sql`and coalesce(${raw(`${alias}.error_code`)}, 0) not in (${codes(notIn)})` : empty}
    ${confirmed === undefined ? empty : sql`and (${raw(`${alias}.confirmed_at`)} is not null) = ${confirmed}`}`;
}

const NOTHING: Condition = { in: [], notIn: [] };

function condition(column: Sql, { in: included, notIn }: Condition = NOTHING): Sql {
  const list = (values: string[]) => join(values.map((value) => sql`${value}`));
  return sql`${included.length ? sql`and ${column} in (${list(included)})` : empty}
    ${notIn.length ? sql`and ${column} not in (${list(notIn)})` : empty}`;
}
