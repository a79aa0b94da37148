import { baselineOf } from "@/components/dashboard/baseline";
import type { Destination } from "@/lib/insights/reports/destinations";

/** What a row of a part of a destination shows of the report's row. */
export function figuresOf(row: Destination) {
  return {
    attempted: row.attempted,
    matureConfirmed: row.mature.confirmed,
    matureAttempted: row.mature.attempted,
    rate: row.conversion,
    low: row.conversionLow,
    high: row.conversionHigh,
    lowSample: row.lowSample,
    baseline: baselineOf(row.previous),
    change: row.change,
  };
}
