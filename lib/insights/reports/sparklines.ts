/**
 * Small pictures: some thirty points of a range, for each country.
 */
import { floor, type Span } from "../counting/spans";
import { DAY, HOUR, QUARTER } from "../../terms/durations";
import type { ReportQuery } from "../asking/report";
import { ask } from "../asking/tallies";

export interface Spark {
  /** Attempted and confirmed messages of each point; only mature ones. */
  attempted: number[];
  confirmed: number[];
}

export interface Sparklines {
  starts: Date[];
  byCountry: Map<string, Spark>;
}

const POINTS = 30;

/** The conversion's course in each country of the report. Points begin at full hours or UTC days, so that few cells make them. */
export async function readSparklines({ range, filters }: ReportQuery): Promise<Sparklines> {
  const { starts, longest } = pointsOf(range.from, range.to);
  const found = await ask({
    periods: [range],
    filters,
    by: ["country"],
    buckets: { starts, longest },
    only: ["attempted", "confirmed"],
  });
  const byCountry = new Map<string, Spark>();
  for (const { country, bucket, mature } of found) {
    let spark = byCountry.get(country);
    if (!spark) {
      spark = { attempted: starts.map(() => 0), confirmed: starts.map(() => 0) };
      byCountry.set(country, spark);
    }
    spark.attempted[bucket] = mature.counts.attempted;
    spark.confirmed[bucket] = mature.counts.confirmed;
  }
  return { starts, byCountry };
}

function pointsOf(from: Date, to: Date): { starts: Date[]; longest: Span } {
  const length = to.getTime() - from.getTime();
  const [longest, unit]: [Span, number] =
    length >= POINTS * DAY * 0.9
      ? ["day", DAY]
      : length >= POINTS * HOUR * 0.5
        ? ["hour", HOUR]
        : ["quarter", QUARTER];
  const step = unit * Math.max(1, Math.round(length / POINTS / unit));
  const starts = [from];
  for (let start = floor(longest, from).getTime() + step; start < to.getTime(); start += step) {
    if (start > from.getTime()) starts.push(new Date(start));
  }
  return { starts, longest };
}
