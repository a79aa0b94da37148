/**
 * The series: a range in buckets of an interval in its time zone.
 */
import type { InsightsRow } from "../asking/metrics";
import { bucketEnd, bucketStarts, comparisonRange, largestSpan, type Range } from "../asking/range";
import type { Interval } from "../../terms/ranges";
import { rowOf, type ReportQuery } from "../asking/report";
import { askTogether, type Tally } from "../asking/tallies";
import { inTurns } from "../../turn";
import { finalUntil, matureUntil } from "../counting/maturity";

/** In a series, `mature` is about the whole bucket; how much of it is, `matureCounts` says. */
export interface Bucket extends Omit<InsightsRow, "mature"> {
  start: Date;
  end: Date;
  /** No confirmation in time can come to it any more. */
  mature: boolean;
  /** Not even a late one. */
  final: boolean;
  matureCounts: InsightsRow["mature"];
}

export interface Timeseries {
  range: Range;
  interval: Interval;
  rows: Bucket[];
  previousRange: Range | null;
  /** The buckets of the range compared with; null when there is none. */
  previous: Bucket[] | null;
}

/** Every bucket of the range has a row, also one without any message. */
export async function readTimeseries(query: ReportQuery, interval: Interval): Promise<Timeseries> {
  const { range, filters, compare } = query;
  const previousRange = comparisonRange(range, compare);
  const parts = (previousRange ? [range, previousRange] : [range]).map((part) => ({
    part,
    starts: bucketStarts(part, interval),
  }));
  const found = await askTogether(
    parts.map(({ part, starts }) => ({
      periods: [part],
      filters,
      buckets: { starts, longest: largestSpan(starts) },
    })),
  );
  const made: Bucket[][] = [];
  for (const [i, { part, starts }] of parts.entries())
    made.push(await bucketsFrom(found[i] ?? [], part, starts, filters));
  const [rows = [], previous = null] = made;
  return { range, interval, rows, previousRange, previous };
}

function bucketsFrom(
  found: readonly Tally[],
  range: Range,
  starts: readonly Date[],
  filters: ReportQuery["filters"],
): Promise<Bucket[]> {
  const byBucket = new Map(found.map((tally) => [tally.bucket, tally]));
  const [mature, final] = [matureUntil(), finalUntil()];
  return inTurns(starts, (start, i) => {
    const end = bucketEnd(starts, i, range);
    const { mature: matureCounts, ...row } = rowOf(byBucket.get(i), { filters });
    return { start, end, ...row, mature: end <= mature, final: end <= final, matureCounts };
  });
}
