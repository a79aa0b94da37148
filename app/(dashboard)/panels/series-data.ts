/**
 * A report's series as a chart draws it.
 */
import type { LinePoint, Series, SeriesBucket, Tick } from "@/components/charts/series";
import { inZone } from "@/components/charts/times";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { bucketStarts, type Range } from "@/lib/insights/asking/range";
import type { Interval } from "@/lib/terms/ranges";
import type { Bucket, Timeseries } from "@/lib/insights/reports/timeseries";
import { wilson } from "@/lib/insights/statistics/wilson";
import { DAY, HOUR } from "@/lib/terms/durations";

/** The series of a report, without marks. */
export function seriesOf(report: Timeseries): Omit<Series, "marks"> {
  const { range, rows, interval } = report;
  return {
    from: range.from.getTime(),
    to: range.to.getTime(),
    buckets: rows.map((row) => bucketOf(row, interval, range.tz)),
    line: lineOf(rows),
    before: beforeOf(report),
    matureUntil: (rows.find(({ mature }) => !mature)?.start ?? range.to).getTime(),
    ticks: ticksOf(range),
  };
}

/** The points of the range compared with, moved to this one. Of two that fall into one bucket the first stands. */
function beforeOf({ range, rows, previous, previousRange }: Timeseries): Series["before"] {
  if (!previous || !previousRange) return [];
  const shift = range.from.getTime() - previousRange.from.getTime();
  const found = new Map<number, number>();
  for (const { at, rate } of lineOf(previous)) {
    const earlier = previous[at];
    if (!earlier) continue;
    const moment = (earlier.start.getTime() + earlier.end.getTime()) / 2 + shift;
    const bucket = rows.findIndex((row) => row.start.getTime() <= moment && moment < row.end.getTime());
    if (bucket >= 0 && !found.has(bucket)) found.set(bucket, rate);
  }
  return [...found].map(([at, rate]) => ({ at, rate }));
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
 * The line's points: of each bucket where that has enough messages, else of as many in a row as it takes, since a quiet night's few
 * messages would look like an outage. What is left over at the end belongs to the last point. Of a bucket that is not mature as a
 * whole there is a point when its mature part is enough.
 */
export function lineOf(rows: readonly Pick<Bucket, "matureCounts" | "mature">[]): LinePoint[] {
  const points: LinePoint[] = [];
  let open = null as Group | null;
  for (const [i, { matureCounts, mature }] of rows.entries()) {
    const { attempted, confirmed } = matureCounts;
    if (!mature) {
      if (attempted >= LOW_SAMPLE) points.push(pointOf({ first: i, last: i, attempted, confirmed }, false));
      continue;
    }
    open = open
      ? { ...open, last: i, attempted: open.attempted + attempted, confirmed: open.confirmed + confirmed }
      : { first: i, last: i, attempted, confirmed };
    if (open.attempted < LOW_SAMPLE) continue;
    points.push(pointOf(open, true));
    open = null;
  }
  const lastMature = points.findLastIndex(({ mature }) => mature);
  const last = points[lastMature];
  if (open && open.attempted > 0 && last) {
    const confirmed = Math.round(last.rate * last.matureAttempted) + open.confirmed;
    const attempted = last.matureAttempted + open.attempted;
    points[lastMature] = pointOf({ first: last.first, last: open.last, attempted, confirmed }, true);
  }
  return points;
}

interface Group {
  first: number;
  last: number;
  attempted: number;
  confirmed: number;
}

function pointOf({ first, last, attempted, confirmed }: Group, mature: boolean): LinePoint {
  const interval = wilson(confirmed, attempted);
  if (!interval) throw new RangeError("a point is of messages");
  const { low, high } = interval;
  const at = Math.floor((first + last) / 2);
  return { first, last, at, matureAttempted: attempted, rate: confirmed / attempted, low, high, mature };
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
    const clock = inZone(at, tz, "clock");
    const midnight = look === "clock" && clock === "00:00";
    return { at: at.getTime(), label: midnight ? inZone(at, tz, "weekday") : inZone(at, tz, look) };
  });
}
