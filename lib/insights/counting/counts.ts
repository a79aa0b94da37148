/**
 * What the insights count, derived from the one list of counts in lib/terms: the columns of cells and deltas for SQL, and the sums by
 * which programs read them. What a message or a verification counts for is `counts_of`, in prisma/structure.sql.
 */
import { tableOf } from "../../terms/names";
import { COUNT_NAMES, type CountName } from "../../terms/metrics";
import { join, raw, sql, type Sql } from "../../db";

/** Counts of messages, and of verifications, by what became of them. */
export type Counts = Record<CountName, number>;

/** Spend in US dollars, counted beside them: messages with a price, and prices in 1/100,000 of one. */
const SPEND_NAMES = ["usdPriced", "usdAmount", "usdConfirmedAmount"] as const;

export type UsdSpend = Record<(typeof SPEND_NAMES)[number], number>;

/** A count's column: `status_ok` of `statusOk`. */
function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** All of them, as SQL names them. */
export const COLUMN_NAMES: readonly string[] = [...COUNT_NAMES, ...SPEND_NAMES].map(columnOf);

const each = (written: (column: string) => string, separator = ", ") =>
  raw(COLUMN_NAMES.map(written).join(separator));

/** The columns, comma-separated. */
export const COUNT_COLUMNS = each((column) => column);

/** `sum(…)` of each, comma-separated, in the order of COUNT_COLUMNS. */
export const SUMMED_COUNTS = each((column) => `sum(${column})`);

/** `sum(…) as column` of each, comma-separated. */
export const SUMS_AS_COLUMNS = each((column) => `sum(${column}) as ${column}`);

/** The condition that some sum is not 0. */
export const ANY_COUNT = each((column) => `sum(${column}) <> 0`, " or ");

/** For `on conflict do update set`: the row's counts and the new ones. */
export const ADDED_COUNTS = each((column) => `${column} = cell.${column} + excluded.${column}`);

/** `sum(…) as "name"` of the spend. */
export const USD_SUMS = join(
  SPEND_NAMES.map((name) => sql`sum(${raw(columnOf(name))})::float8 as ${raw(`"${name}"`)}`),
);

/** `sum(…) as "name"` for some counts, as programs name them. */
export function sumsNamed(names: readonly CountName[] = COUNT_NAMES): Sql {
  return join(names.map((name) => sql`sum(${raw(columnOf(name))})::int as ${raw(`"${name}"`)}`));
}

/** Counts by their names. */
export function countsBy(countOf: (name: CountName) => number): Counts {
  return tableOf(COUNT_NAMES, countOf);
}

export function noCounts(): Counts {
  return countsBy(() => 0);
}

/** Adds `more` to `counts`, in place; counts that were not asked for stay. */
export function addCounts(counts: Counts, more: Partial<Counts>): void {
  for (const name of COUNT_NAMES) counts[name] += more[name] ?? 0;
}
