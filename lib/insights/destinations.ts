/**
 * Destinations: a row for each country, or for each network of one, with what changed.
 */
import { ratio, type InsightsRow } from "./metrics";
import { comparisonRange, type Range } from "./range";
import { changeOf, periodsOf, rowOf, type Change, type ReportQuery } from "./report";
import { tallies, totalOf, type Question } from "./tallies";

export interface Destination extends InsightsRow {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Of a table of networks: the range holder; null where that is not known. */
  network?: string | null;
  /** Its part of all attempted messages of the report. */
  share: number | null;
  /** In the range compared with; null when there is none. */
  previous: Pick<InsightsRow, "attempted" | "conversion" | "conversionLow" | "conversionHigh"> | null;
  change: Change | null;
}

export interface Destinations {
  range: Range;
  previousRange: Range | null;
  /** The page of rows asked for. */
  rows: Destination[];
  totals: InsightsRow;
  /** How many rows there are on all pages. */
  count: number;
  /** To be given back for the next page; null on the last. */
  nextCursor: string | null;
}

/** What rows can be ordered by, each as a number or a text of a row; those without one come last. */
const SORTS = {
  country: (row) => row.country,
  network: (row) => row.network ?? null,
  attempted: (row) => row.attempted,
  confirmed: (row) => row.confirmed,
  late: (row) => row.late,
  errors: (row) => row.errors,
  refused: (row) => row.refused,
  conversion: (row) => ranked(row, row.conversion),
  successRate: (row) => ranked(row, row.successRate),
  change: (row) => ranked(row, row.change?.conversion ?? null),
  lost: (row) => ranked(row, row.change?.lost ?? null),
  timeToConfirm: (row) => row.timeToConfirm?.p50 ?? null,
  spend: (row) => row.spend[0]?.amount ?? null,
  costPerConversion: (row) => row.spend[0]?.costPerConversion ?? null,
} as const satisfies Record<string, (row: Destination) => string | number | null>;

export type SortKey = keyof typeof SORTS;
export const SORT_KEYS = Object.keys(SORTS) as SortKey[];

/** Rates of few messages are not ranked. */
function ranked(row: InsightsRow, value: number | null): number | null {
  return row.lowSample ? null : value;
}

export interface Sort {
  key: SortKey;
  descending: boolean;
}

export interface Page {
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

/** A page that begins after a row that is identified by what it is sorted by and by its key. */
interface Position {
  value: string | number | null;
  key: string;
}

/**
 * @param by `network` tells networks apart within their countries
 * @param page without one, all rows
 */
export async function destinations(
  query: ReportQuery,
  { by = "country", sort, page }: { by?: "country" | "network"; sort: Sort; page?: Page },
): Promise<Destinations> {
  const periods = periodsOf(query);
  const question: Pick<Question, "filters" | "by"> = {
    filters: query.filters,
    by: by === "network" ? ["country", "network"] : ["country"],
  };
  const found = await tallies({ periods, ...question });
  const current = found.filter(({ period }) => period === 0);
  const before = new Map(found.filter(({ period }) => period === 1).map((tally) => [keyOf(tally), tally]));
  // Added up rather than asked for: rows sum to totals.
  const totals = rowOf(current.length > 0 ? totalOf(current) : undefined, question);
  const rows = current
    .map((tally): Destination => {
      const row = rowOf(tally, question);
      const previous = periods.length > 1 ? rowOf(before.get(keyOf(tally)), question) : null;
      return {
        country: tally.country!,
        ...(by === "network" && { network: tally.network || null }),
        ...row,
        share: ratio(row.attempted, totals.attempted),
        previous: previous && pickPrevious(previous),
        change: previous && changeOf(row, previous),
      };
    })
    .sort((a, b) => compare(positionOf(a, sort), positionOf(b, sort), sort));
  const after = page?.cursor === undefined ? undefined : positionIn(page.cursor);
  const rest = after ? rows.filter((row) => compare(after, positionOf(row, sort), sort) < 0) : rows;
  const shown = rest.slice(0, page?.limit);
  return {
    range: query.range,
    previousRange: comparisonRange(query.range, query.compare),
    rows: shown,
    totals,
    count: rows.length,
    nextCursor: shown.length < rest.length ? cursorOf(positionOf(shown.at(-1)!, sort)) : null,
  };
}

function keyOf({ country, network }: { country?: string; network?: string | null }): string {
  return `${country}\n${network ?? ""}`;
}

function positionOf(row: Destination, { key }: Sort): Position {
  return { value: SORTS[key](row), key: keyOf(row) };
}

/** Whichever way: rows without a value last, and those with the same one by their names. */
function compare(a: Position, b: Position, { descending }: Sort): number {
  if (a.value === null || b.value === null) {
    return Number(a.value === null) - Number(b.value === null) || order(a.key, b.key);
  }
  return (descending ? -1 : 1) * order(a.value, b.value) || order(a.key, b.key);
}

function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cursorOf({ value, key }: Position): string {
  return Buffer.from(JSON.stringify([value, key])).toString("base64url");
}

/** @returns undefined for what is no cursor */
export function positionIn(cursor: string): Position | undefined {
  try {
    const [value, key] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const known = value === null || typeof value === "number" || typeof value === "string";
    return known && typeof key === "string" ? { value, key } : undefined;
  } catch {
    return undefined;
  }
}

function pickPrevious(row: InsightsRow): NonNullable<Destination["previous"]> {
  const { attempted, conversion, conversionLow, conversionHigh } = row;
  return { attempted, conversion, conversionLow, conversionHigh };
}
