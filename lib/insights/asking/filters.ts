/**
 * Which messages a report is about. What each dimension is called and where it is kept stands in lib/terms/dimensions.ts.
 */
import { secondsAfter } from "../../clock";
import { empty, join, raw, sql, type Sql } from "../../db";
import type { TrackedAction } from "../../terms/actions";
import {
  DIMENSION_NAMES,
  DIMENSIONS,
  isFlag,
  isIn,
  type DimensionName,
  type DimensionOf,
  type DimensionTerms,
  type FlagName,
  type Table,
  type ValueName,
} from "../../terms/dimensions";
import { LONGEST_LIFETIME_SECONDS } from "../../terms/limits";
import { unionOf, type Period } from "../counting/spans";

/** What cells are told apart by, and so what reports can be grouped by. */
export type Dimension = DimensionOf<"cell">;

/** Values one of which a message must have, and values it must not have; an empty list asks for nothing. */
export interface Condition {
  in: string[];
  notIn: string[];
}

/** One condition per dimension; a message must meet all of them. Of flags: whether it has it. */
export type Filters = { [Name in ValueName]?: Condition } & { [Name in FlagName]?: boolean } & {
  /** Whether it is for everybody: see `forEverybody`. */
  forEverybody?: true;
};

/**
 * What everybody may know. A temporary password is texted only to a number that has an account with a password: whoever asks for one in somebody's
 * name, and sees in an open report that one was sent to that block, that network or that country at this moment, has learned it. So
 * these messages are left out of all that is open to everybody, and of every sum of it.
 */
export function forEverybody<Asked extends { filters: Filters }>(asked: Asked): Asked {
  return { ...asked, filters: { ...asked.filters, forEverybody: true } };
}

/** The action whose messages tell something of their number's account. */
const TELLING: TrackedAction = "temporary_password";

/** The dimensions that are asked for. */
function asked(filters: Filters): DimensionName[] {
  return DIMENSION_NAMES.filter((name) => filters[name] !== undefined);
}

/** Whether cells cannot tell what is asked for, so that the messages themselves are counted. */
export function asksMessages(filters: Filters): boolean {
  return asked(filters).some((name) => !isIn("cell", name));
}

/** Whether messages are chosen by what became of them: then their conversion says nothing of a destination. */
export function asksByFate(filters: Filters): boolean {
  return asked(filters).some((name) => DIMENSIONS[name].about === "fate");
}

/** Whether messages are a part of destinations, which are watched for drops as wholes. */
export function asksOfParts(filters: Filters): boolean {
  return asked(filters).some((name) => DIMENSIONS[name].about === "part");
}

/** Whether they are whole networks, which are watched, too: parts by nothing else. */
export function asksOfNetworks({ network, ...others }: Filters): boolean {
  return network !== undefined && !asksOfParts(others) && !asksByFate(others);
}

/** What cells of a scope are of: see `GROUPS` in counting/roll-up.ts. */
export type Scope = "world" | "country" | "network" | "sender" | "locale" | "country_sent" | "network_sent";

/** The widest scope whose cells tell apart what is filtered or grouped by. */
export function scopeOf(filters: Filters, by: readonly Dimension[]): Scope {
  const tellsApart = (name: Dimension) => filters[name] !== undefined || by.includes(name);
  const bySender = tellsApart("sender") || tellsApart("channel");
  const isSent = bySender || tellsApart("locale");
  if (tellsApart("network")) return isSent ? "network_sent" : "network";
  if (tellsApart("country")) return isSent ? "country_sent" : "country";
  // Of one sender in one language there are cells by country alone.
  if (bySender) return tellsApart("locale") ? "country_sent" : "sender";
  return isSent ? "locale" : "world";
}

/** `and …` for rows of cells, deltas and tallies. */
export function countFilters(filters: Filters, alias: "c" | "d"): Sql {
  return conditions(filters, "cell", alias);
}

/** `and …` for rows of message. */
export function messageFilters(filters: Filters, alias: "m" | "o" = "m"): Sql {
  return conditions(filters, "message", alias);
}

/**
 * `and …` for rows of verification. What only messages have is asked of its messages: one of them must meet all conditions.
 *
 * @param periods of the verifications
 */
export function verificationFilters(filters: Filters, periods: readonly Period[]): Sql {
  const own = conditions(filters, "verification", "v");
  if (asked(filters).every((name) => isIn("verification", name))) return own;
  const ofTheirMessages = periods.map(({ from, to }) => ({
    from,
    to: secondsAfter(to, LONGEST_LIFETIME_SECONDS),
  }));
  return sql`${own} and v.id in (
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

/** `and …` for rows of message, of only those conditions that an index finds: what has to be read at most. */
export function indexedFilters(filters: Filters): Sql {
  const found: Filters = {};
  for (const name of asked(filters)) {
    const condition = isFlag(name) ? undefined : filters[name];
    if (!isFlag(name) && DIMENSIONS[name].indexed && condition) found[name] = { in: condition.in, notIn: [] };
  }
  return messageFilters(found);
}

/** What a flag says of a message. What failed and what was refused are counted apart, and looked for together. */
const HOLDS: Record<FlagName, (m: string) => string> = {
  confirmed: (m) => `${m}.confirmed_at is not null`,
  failed: (m) =>
    `${m}.sid is not null and ${m}.status in ('failed', 'undelivered') or ${m}.sid is null and ${m}.refused_at is not null`,
  late: (m) => `${m}.confirmed_at is not null and ${m}.late`,
  resent: (m) => `${m}.attempt > 1`,
  unreported: (m) =>
    `${m}.sid is not null and ${m}.confirmed_at is not null and ${ofFeedback("true", m, "and f.reported_at is not null")} is null`,
};

/** What is told from a message's feedback; null without one. */
function ofFeedback(expression: string, m: string, condition = ""): string {
  return `(select ${expression} from feedback f where f.message_id = ${m}.id ${condition})`;
}

const FEEDBACK_STATE =
  "case when f.reported_at is not null then 'reported' when f.refused_at is not null then 'refused' when f.tries > 0 then 'retrying' else 'pending' end";

function columnOf(name: ValueName, alias: string): string {
  if (name === "feedback") return ofFeedback(FEEDBACK_STATE, alias);
  if (name === "feedbackError") return ofFeedback("coalesce(f.error, '')", alias);
  return `${alias}.${DIMENSIONS[name].column}`;
}

/** The conditions on what a table has; none on what it has not. */
function conditions(filters: Filters, table: Table, alias: string): Sql {
  const names = asked(filters).filter((name) => isIn(table, name));
  const open = filters.forEverybody ? [sql`and ${raw(`${alias}.action`)} <> ${TELLING}`] : [];
  if (names.length + open.length === 0) return empty;
  return join(
    [
      ...open,
      ...names.map((name) => {
        if (isFlag(name)) return sql`and (${raw(HOLDS[name](alias))}) is true = ${filters[name]}`;
        const { in: included = [], notIn = [] } = filters[name] ?? {};
        return sql`${among("in", name, included, table, alias)} ${among("not in", name, notIn, table, alias)}`;
      }),
    ],
    " ",
  );
}

function among(
  operator: "in" | "not in",
  name: ValueName,
  values: readonly string[],
  table: Table,
  alias: string,
): Sql {
  if (values.length === 0) return empty;
  const { type, nullable }: DimensionTerms = DIMENSIONS[name];
  // Cells have "" for what is not known.
  const mayBeEmpty = nullable && table !== "cell";
  const own = columnOf(name, alias);
  // The column itself, and not what is made of it: of that PostgreSQL knows neither an index nor how many rows have it.
  const known = values.filter((value) => value !== "" || !mayBeEmpty);
  const listed = known.map((value) =>
    type === "integer" ? sql`${Number(value)}::int` : type === "name" ? sql`lower(${value})` : sql`${value}`,
  );
  const compared = type === "name" ? `lower(${own})` : own;
  const isKnown = listed.length > 0 ? [sql`${raw(`${compared} ${operator}`)} (${join(listed)})`] : [];
  if (!mayBeEmpty) return sql`and ${join(isKnown)}`;
  const asksEmpty = known.length < values.length;
  if (operator === "in") {
    return sql`and (${join([...isKnown, ...(asksEmpty ? [sql`${raw(own)} is null`] : [])], " or ")})`;
  }
  return asksEmpty
    ? sql`and ${join([sql`${raw(own)} is not null`, ...isKnown], " and ")}`
    : sql`and (${join([sql`${raw(own)} is null`, ...isKnown], " or ")})`;
}
