/**
 * A report's series as a chart draws it.
 */
import type { LinePoint, Series, SeriesBucket, Tick, UsualRate } from "@/components/charts/series";
import { usualWords } from "@/components/dashboard/finding-figures";
import { pooled, type Pool, type Tallied } from "@/components/ui/pooling";
import { inZone } from "@/components/charts/times";
import { beginsDay } from "@/components/ui/days";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { bucketStarts, type Range } from "@/lib/insights/asking/range";
import type { Interval } from "@/lib/terms/ranges";
import type { ReportQuery } from "@/lib/insights/asking/report";
import type { Finding } from "@/lib/insights/reports/findings";
import type { Bucket, Timeseries } from "@/lib/insights/reports/timeseries";
import { wilson } from "@/lib/insights/statistics/wilson";
import { DAY, HOUR } from "@/lib/terms/durations";

/**
 * The series of a report, without marks and notes.
 *
 * @param borders when findings began and ended
 */
export function seriesOf(
  report: Timeseries,
  borders: readonly number[] = [],
): Omit<Series, "marks" | "notes"> {
  const { range, rows, interval } = report;
  return {
    from: range.from.getTime(),
    to: range.to.getTime(),
    buckets: rows.map((row) => bucketOf(row, interval, range.tz)),
    line: lineOf(rows, borders),
    before: beforeOf(report),
    matureUntil: (rows.find(({ mature }) => !mature)?.start ?? range.to).getTime(),
    ticks: ticksOf(range),
  };
}

/** What a finding is measured against, in a chart of a query; nothing of a network's among all networks, whose line that is not of. */
export function usualOf(
  finding: Pick<Finding, "network" | "since" | "until" | "baseline">,
  { range, filters }: Pick<ReportQuery, "range" | "filters">,
): UsualRate | undefined {
  const { network, since, until, baseline } = finding;
  if (network !== null && filters.network?.in.join() !== network) return undefined;
  return {
    rate: baseline,
    from: Math.max(since.getTime(), range.from.getTime()),
    to: Math.min((until ?? range.to).getTime(), range.to.getTime()),
    words: usualWords(finding),
  };
}

/** The rates of the range compared with, moved to this one: of each bucket what stood in its middle then. */
function beforeOf({ range, rows, previous, previousRange }: Timeseries): Series["before"] {
  if (!previous || !previousRange) return [];
  const shift = range.from.getTime() - previousRange.from.getTime();
  const points = lineOf(previous);
  return rows.flatMap(({ start, end }, at) => {
    const moment = (start.getTime() + end.getTime()) / 2 - shift;
    const earlier = previous.findIndex((row) => row.start.getTime() <= moment && moment < row.end.getTime());
    const point = points.find(({ first, last }) => first <= earlier && earlier <= last);
    return point ? [{ at, rate: point.rate }] : [];
  });
}

function bucketOf(row: Bucket, interval: Interval, tz: string): SeriesBucket {
  const { start, end, attempted, confirmed, matureCounts, conversion, mature, lowSample } = row;
  return {
    start: start.getTime(),
    end: end.getTime(),
    label: bucketLabel({ start, end }, interval, tz),
    attempted,
    confirmed,
    matureAttempted: matureCounts.attempted,
    matureConfirmed: matureCounts.confirmed,
    conversion,
    low: row.conversionLow,
    high: row.conversionHigh,
    mature,
    lowSample,
  };
}

function bucketLabel({ start, end }: Pick<Bucket, "start" | "end">, interval: Interval, tz: string): string {
  switch (interval) {
    case "quarter-hour":
    case "hour":
      return `${inZone(start, tz, "moment")}–${inZone(end, tz, "clock")}`;
    case "day":
      return inZone(start, tz, "weekday");
    case "week":
      return `week of ${inZone(start, tz, "day")}`;
    case "month":
      return inZone(start, tz, "month");
  }
}

/**
 * The line's points. Of a bucket that is not mature as a whole there is one when its mature part is enough; it is taken together with no other.
 *
 * @param borders moments at which something began or ended, as a finding: what is before one is not taken together with what is after it
 */
export function lineOf(
  rows: readonly (Pick<Bucket, "matureCounts" | "mature"> & Partial<Pick<Bucket, "start">>)[],
  borders: readonly number[] = [],
): LinePoint[] {
  const buckets = rows.map(({ matureCounts: { attempted, confirmed }, mature, start }, i): Tallied => {
    if (!mature && attempted < LOW_SAMPLE) return { attempted: 0, confirmed: 0 };
    const [from, to] = [rows[i - 1]?.start?.getTime() ?? Infinity, start?.getTime() ?? -Infinity];
    return { attempted, confirmed, apart: borders.some((border) => from < border && border <= to) };
  });
  return pooled(buckets).map((pool) => pointOf(pool, rows[pool.last]?.mature ?? true));
}

function pointOf({ first, last, attempted, confirmed }: Pool, mature: boolean): LinePoint {
  const interval = wilson(confirmed, attempted);
  if (!interval) throw new RangeError("a point is of messages");
  const { low, high } = interval;
  return { first, last, matureAttempted: attempted, rate: confirmed / attempted, low, high, mature };
}

const MOST_TICKS = 7;

interface TickPlan {
  /** For ranges up to this long. */
  upTo: number;
  unit: Interval;
  look: "clock" | "weekday" | "day" | "month";
}

const TICK_PLANS: TickPlan[] = [
  { upTo: 3 * HOUR, unit: "quarter-hour", look: "clock" },
  { upTo: 3 * DAY, unit: "hour", look: "clock" },
  { upTo: 10 * DAY, unit: "day", look: "weekday" },
  { upTo: 60 * DAY, unit: "week", look: "weekday" },
  { upTo: 120 * DAY, unit: "week", look: "day" },
];

/** For those that are longer still. */
const LONGEST_PLAN: Omit<TickPlan, "upTo"> = { unit: "month", look: "month" };

/** No more ticks than can be read, at boundaries that a clock or a calendar has. */
function ticksOf(range: Range): Tick[] {
  const { from, to, tz } = range;
  const length = to.getTime() - from.getTime();
  const { unit, look } = TICK_PLANS.find(({ upTo }) => length <= upTo) ?? LONGEST_PLAN;
  // The first bucket is clipped to the range, so its start is no boundary.
  const boundaries = bucketStarts(range, unit).slice(1);
  const step =
    [1, 2, 3, 4, 6, 12].find((n) => boundaries.length / n <= MOST_TICKS) ??
    Math.ceil(boundaries.length / MOST_TICKS);
  const chosen =
    unit === "hour"
      ? boundaries.filter((at) => Number(inZone(at, tz, "clock").slice(0, 2)) % step === 0)
      : boundaries.filter((_, i) => i % step === 0);
  return chosen.map((at) => {
    const midnight = look === "clock" && beginsDay(at, tz);
    return { at: at.getTime(), label: midnight ? inZone(at, tz, "weekday") : inZone(at, tz, look) };
  });
}
