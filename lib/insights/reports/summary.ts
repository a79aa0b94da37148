/**
 * The summary: all messages of a range in one row, next to the range it is compared with.
 */
import type { InsightsRow } from "../asking/metrics";
import { comparisonRange, type Range } from "../asking/range";
import { changeOf, periodsOf, rowOf, type Change, type ReportQuery } from "../asking/report";
import { ask } from "../asking/tallies";

export interface Summary {
  range: Range;
  previousRange: Range | null;
  current: InsightsRow;
  previous: InsightsRow | null;
  change: Change | null;
}

export async function readSummary(query: ReportQuery): Promise<Summary> {
  const found = await ask({ periods: periodsOf(query), filters: query.filters });
  const previousRange = comparisonRange(query.range, query.compare);
  const current = rowOf(
    found.find(({ period }) => period === 0),
    query,
  );
  const previous =
    previousRange &&
    rowOf(
      found.find(({ period }) => period === 1),
      query,
    );
  return {
    range: query.range,
    previousRange,
    current,
    previous,
    change: previous && changeOf(current, previous),
  };
}
