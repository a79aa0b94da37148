import type { Rate } from "@/lib/insights/asking/metrics";

/** Where a row was in the range compared with, to be drawn and measured by: nowhere where it had too few messages for a rate. */
export function baselineOf(previous: { conversion: Rate; lowSample: boolean } | null): Rate {
  return previous === null || previous.lowSample ? null : previous.conversion;
}
