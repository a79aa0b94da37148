/**
 * Destinations: a row for each country, or for each network, sender, channel or language of one, with what changed.
 */
import { z } from "zod";
import type { Channel } from "../../terms/channels";
import type { Breakdown } from "../../terms/dimensions";
import { namesOf } from "../../terms/names";
import { ratio, type InsightsRow, type Spend } from "../asking/metrics";
import { comparisonRange, type Range } from "../asking/range";
import { changeOf, periodsOf, rowOf, type Change, type ReportQuery } from "../asking/report";
import type { Question } from "../asking/question";
import { ask, totalOf, type TallyOf } from "../asking/tallies";

export interface Destination extends InsightsRow {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Of a table of networks: the range holder; null where that is not known. */
  network?: string | null;
  /** Of a table of senders, of channels or of languages; null where that is not known. */
  sender?: string | null;
  channel?: Channel | null;
  locale?: string | null;
  /** Its part of all attempted messages of the report. */
  share: number | null;
  /** In the range compared with; null when there is none. */
  previous: Pick<
    InsightsRow,
    "attempted" | "conversion" | "conversionLow" | "conversionHigh" | "lowSample"
  > | null;
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
  sender: (row) => row.sender ?? null,
  channel: (row) => row.channel ?? null,
  locale: (row) => row.locale ?? null,
  attempted: (row) => row.attempted,
  confirmed: (row) => row.confirmed,
  late: (row) => row.late,
  errors: (row) => row.errors,
  refused: (row) => row.refused,
  conversion: (row) => ranked(row, row.conversion),
  successRate: (row) => ranked(row, row.successRate),
  change: (row) => ranked(row, row.change?.conversion ?? null),
  lost: (row) => ranked(row, row.change?.lost ?? null),
  timeToConfirm: (row) => ranked(row, row.timeToConfirm?.p50 ?? null),
  spend: (row, currency) => spentIn(row, currency)?.amount ?? null,
  costPerConversion: (row, currency) => ranked(row, spentIn(row, currency)?.costPerConversion ?? null),
} as const satisfies Record<string, (row: Destination, currency?: string) => string | number | null>;

export type SortKey = keyof typeof SORTS;
export const SORT_KEYS = namesOf(SORTS);

/** Amounts of different currencies have no order. */
function spentIn({ spend }: Destination, currency: string | undefined): Spend | undefined {
  return spend.find((spent) => spent.currency === currency);
}

/** Rates of few messages are not ranked. */
function ranked(row: InsightsRow, value: number | null): number | null {
  return row.lowSample ? null : value;
}

export interface Sort {
  key: SortKey;
  descending: boolean;
}

export interface Page {
  /** All rows without one. */
  limit?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

export interface DestinationsOptions {
  /** `network` tells networks apart within their countries, and so do the others. */
  by?: Breakdown;
  sort: Sort;
  /** Without one, all rows. */
  page?: Page;
}

/** A page that begins after a row that is identified by what it is sorted by and by its key. */
interface Position {
  value: string | number | null;
  key: string;
}

export async function readDestinations(
  query: ReportQuery,
  options: DestinationsOptions,
): Promise<Destinations> {
  return destinationsFrom(await ask(destinationsQuestion(query, options.by)), query, options);
}

interface DestinationsQuestion extends Question {
  by: ["country"] | ["country", Exclude<Breakdown, "country">];
}

/** What is asked for a table of destinations. */
export function destinationsQuestion(query: ReportQuery, by: Breakdown = "country"): DestinationsQuestion {
  return {
    periods: periodsOf(query),
    filters: query.filters,
    by: by === "country" ? ["country"] : ["country", by],
  };
}

/** The table of destinations from the answer to its question. */
export function destinationsFrom(
  found: readonly TallyOf<DestinationsQuestion>[],
  query: ReportQuery,
  { by = "country", sort, page }: DestinationsOptions,
): Destinations {
  const question = destinationsQuestion(query, by);
  const compared = question.periods.length > 1;
  const current = found.filter(({ period }) => period === 0);
  const before = new Map(found.filter(({ period }) => period === 1).map((tally) => [keyOf(tally), tally]));
  // Added up rather than asked for: rows sum to totals.
  const totals = rowOf(current.length > 0 ? totalOf(current) : undefined, question);
  const currency = totals.spend[0]?.currency;
  const placeOf = (row: Destination): Position => ({
    value: SORTS[sort.key](row, currency),
    key: keyOf(row),
  });
  const rows = current
    .map((tally): Destination => {
      const row = rowOf(tally, question);
      const previous = compared ? rowOf(before.get(keyOf(tally)), question) : null;
      return {
        country: tally.country,
        ...(by !== "country" && { [by]: tally[by] || null }),
        ...row,
        share: ratio(row.attempted, totals.attempted),
        previous: previous && pickPrevious(previous),
        change: previous && changeOf(row, previous),
      };
    })
    .sort((a, b) => compare(placeOf(a), placeOf(b), sort));
  const after = page?.cursor === undefined ? undefined : positionIn(page.cursor, { by, sort });
  const rest = after ? rows.filter((row) => compare(after, placeOf(row), sort) < 0) : rows;
  const shown = rest.slice(0, page?.limit);
  const last = shown.at(-1);
  return {
    range: query.range,
    previousRange: comparisonRange(query.range, query.compare),
    rows: shown,
    totals,
    count: rows.length,
    nextCursor: last && shown.length < rest.length ? cursorOf(placeOf(last), { by, sort }) : null,
  };
}

function keyOf(row: { country?: string } & { [Part in Exclude<Breakdown, "country">]?: string | null }) {
  const { country, network, sender, channel, locale } = row;
  return `${country}\n${network ?? sender ?? channel ?? locale ?? ""}`;
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

type Order = Required<Pick<DestinationsOptions, "by" | "sort">>;

function orderName({ by, sort }: Order): string {
  return `${by} ${sort.descending ? "-" : ""}${sort.key}`;
}

function cursorOf({ value, key }: Position, order: Order): string {
  return Buffer.from(JSON.stringify([orderName(order), value, key])).toString("base64url");
}

const Place = z.tuple([z.string(), z.union([z.number(), z.string(), z.null()]), z.string()]);

/** @returns undefined for what is no cursor of a table in this order */
export function positionIn(cursor: string, order: Order): Position | undefined {
  try {
    const [name, value, key] = Place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return name === orderName(order) ? { value, key } : undefined;
  } catch {
    return undefined;
  }
}

function pickPrevious(row: InsightsRow): NonNullable<Destination["previous"]> {
  const { attempted, conversion, conversionLow, conversionHigh, lowSample } = row;
  return { attempted, conversion, conversionLow, conversionHigh, lowSample };
}
