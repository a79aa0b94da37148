/**
 * What the insights count: the columns of cells, deltas and tallies, each named once for SQL and once for programs.
 */
import { join, raw, sql, type Sql } from "../../db";

/** Counts of messages, and of verifications, by what became of them. */
export interface Counts {
  /** Messages with a SID; the five after it up to `canceled` sum to it. */
  attempted: number;
  /** Sent, delivered or read. */
  statusOk: number;
  /** Failed or undelivered. */
  errors: number;
  /** Accepted, scheduled, queued or sending. */
  inFlight: number;
  canceled: number;
  /** Refused by Twilio; not attempted. */
  refused: number;
  /** Without a SID and not refused; not attempted. */
  unknown: number;
  /** With a delivery receipt, or confirmed. */
  delivered: number;
  /** Attempted messages whose own secret came back right, late ones included. */
  confirmed: number;
  /** Those of `confirmed` that came after expiry. */
  late: number;
  /** Those of `confirmed` whose status is not OK. */
  contradicted: number;
  /** Those of `confirmed` that Twilio has taken the feedback of. */
  reported: number;
  /** Verifications with a SID that were not canceled. */
  verifications: number;
  /** Those of `verifications` that were approved. */
  approved: number;
  /** Those of `verifications` with two messages or more. */
  resent: number;
  /** Those of `resent` that were approved. */
  recovered: number;
}

/** Each count's column. */
const COLUMNS = {
  attempted: "attempted",
  statusOk: "status_ok",
  errors: "errors",
  inFlight: "in_flight",
  canceled: "canceled",
  refused: "refused",
  unknown: "unknown",
  delivered: "delivered",
  confirmed: "confirmed",
  late: "late",
  contradicted: "contradicted",
  reported: "reported",
  verifications: "verifications",
  approved: "approved",
  resent: "resent",
  recovered: "recovered",
} as const satisfies Record<keyof Counts, string>;

/** Spend in US dollars, counted beside them, in 1/100,000 of one. */
export interface UsdSpend {
  usdPriced: number;
  usdAmount: number;
  usdConfirmedAmount: number;
}

const SPEND_COLUMNS = {
  usdPriced: "usd_priced",
  usdAmount: "usd_amount",
  usdConfirmedAmount: "usd_confirmed_amount",
} as const satisfies Record<keyof UsdSpend, string>;

export const COUNT_NAMES = Object.keys(COLUMNS) as (keyof Counts)[];
const columns = [...Object.values(COLUMNS), ...Object.values(SPEND_COLUMNS)];

/** The columns, comma-separated. */
export const COUNT_COLUMNS = raw(columns.join(", "));

/** `sum(…)` of each, comma-separated, in the order of COUNT_COLUMNS. */
export const SUMMED_COUNTS = raw(columns.map((column) => `sum(${column})`).join(", "));

/** The condition that some sum is not 0. */
export const ANY_COUNT = raw(columns.map((column) => `sum(${column}) <> 0`).join(" or "));

/** For `on conflict do update set`: the row's counts and the new ones. */
export const ADDED_COUNTS = raw(
  columns.map((column) => `${column} = cell.${column} + excluded.${column}`).join(", "),
);

/** `sum(…) as column` of each, comma-separated. */
export const SUMS_AS_COLUMNS = raw(columns.map((column) => `sum(${column}) as ${column}`).join(", "));

/** `sum(…) as "name"` of the spend. */
export const USD_SUMS = join(
  Object.entries(SPEND_COLUMNS).map(
    ([name, column]) => sql`sum(${raw(column)})::float8 as ${raw(`"${name}"`)}`,
  ),
);

/** `sum(…) as "name"` for some counts, as programs name them. */
export function sumsNamed(names: readonly (keyof Counts)[] = COUNT_NAMES): Sql {
  return join(names.map((name) => sql`sum(${raw(COLUMNS[name])})::int as ${raw(`"${name}"`)}`));
}

export function noCounts(): Counts {
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as unknown as Counts;
}

/** Adds `more` to `counts`, in place; counts that were not asked for stay. */
export function addCounts(counts: Counts, more: Partial<Counts>): void {
  for (const name of COUNT_NAMES) counts[name] += more[name] ?? 0;
}
