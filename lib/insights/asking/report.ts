/**
 * What all reports ask for and carry.
 */
import type { Filters } from "./filters";
import { insightsRow, lostConversions, type InsightsRow, type Rate } from "./metrics";
import { comparisonRange, type Comparison, type Range } from "./range";
import { nothingMeasured } from "./measured";
import { keepsLatencies, type Question } from "./question";
import type { Tally } from "./tallies";
import type { Period } from "../counting/spans";
import { newcombe } from "../statistics/wilson";

/** What a report is about. */
export interface ReportQuery {
  range: Range;
  filters: Filters;
  compare: Comparison;
}

/** How a set of messages did against the same in the range compared with. */
export interface Change {
  /** Current − previous conversion; null when one of the two has none, or the previous is of too few messages. */
  conversion: Rate;
  /** Of the change: Newcombe's 95 % interval. */
  low: Rate;
  high: Rate;
  /** Whether that interval leaves 0 out. */
  beyondNoise: boolean;
  /** Confirmations missing against the previous conversion, of the mature messages. */
  lost: number | null;
}

/** The range, and the one it is compared with. */
export function periodsOf({ range, compare }: ReportQuery): Period[] {
  const previous = comparisonRange(range, compare);
  return previous ? [range, previous] : [range];
}

/**
 * By how much the counts of the range compared with are to be multiplied, to be of as long a time. Only one with ends of its own needs that:
 * the others are as many days or months.
 */
export function lengthsRatio({ range, compare }: ReportQuery): number {
  if (typeof compare === "string") return 1;
  return (range.to.getTime() - range.from.getTime()) / (compare.to.getTime() - compare.from.getTime());
}

/** A row for what a question found; of nothing when it found nothing, with latencies where it would have had them. */
export function rowOf(
  tally: Pick<Tally, "all" | "mature"> | undefined,
  question: Pick<Question, "filters" | "by">,
): InsightsRow {
  if (tally) return insightsRow(tally);
  const nothing = nothingMeasured(keepsLatencies(question));
  return insightsRow({ all: nothing, mature: nothing });
}

/** Against fewer messages than a rate needs there is no change, neither a small one nor a large one. */
export function changeOf(current: InsightsRow, previous: InsightsRow): Change {
  if (previous.lowSample) return { conversion: null, low: null, high: null, beyondNoise: false, lost: null };
  const proportion = ({ mature }: InsightsRow) => ({ successes: mature.confirmed, n: mature.attempted });
  const interval = newcombe(proportion(current), proportion(previous));
  return {
    conversion:
      current.conversion === null || previous.conversion === null
        ? null
        : current.conversion - previous.conversion,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    beyondNoise: interval !== null && (interval.low > 0 || interval.high < 0),
    lost: lostConversions(previous.conversion, current.conversion, current.mature.attempted),
  };
}
