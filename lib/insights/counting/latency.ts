/**
 * Durations as histograms that can be added up, and percentiles from them.
 */
import { join, raw, sql, type Sql } from "../../db";

/**
 * The upper limits of the bins in milliseconds; the 64th bin is open. Each is 1.2 times the one before, so a percentile is
 * right to within a fifth, and nearer, since it is taken from within its bin. `latency_bin` in SQL has the same limits.
 */
export const BIN_LIMITS_MS = Array.from({ length: 63 }, (_, k) => Math.round(500 * 1.2 ** k));

export const BINS = BIN_LIMITS_MS.length + 1;

/** How many durations are in each bin, from the shortest; bins left out at the end are empty. */
export type Histogram = number[];

/** `array[sum(bins[1]), …]` of an expression for bins. */
export function summedBins(bins: Sql): Sql {
  const sums = Array.from({ length: BINS }, (_, i) => sql`sum(${bins}[${raw(String(i + 1))}])::int`);
  return sql`array[${join(sums)}]`;
}

export function addHistogram(total: Histogram, more: readonly (number | null)[]): void {
  more.forEach((n, i) => (total[i] = (total[i] ?? 0) + (n ?? 0)));
}

export function countOf(histogram: Histogram): number {
  return histogram.reduce((sum, n) => sum + n, 0);
}

/**
 * The duration that a share of all does not exceed, in seconds: within its bin, where the rank says, as if durations lay
 * evenly in it.
 *
 * @param share from 0 to 1, as 0.5 for the median
 * @returns null when nothing was measured
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const rank = share * countOf(histogram);
  if (rank === 0) return null;
  let below = 0;
  for (const [i, n] of histogram.entries()) {
    if (n > 0 && below + n >= rank) {
      const from = BIN_LIMITS_MS[i - 1] ?? 0;
      const to = BIN_LIMITS_MS[i] ?? from * 1.2;
      return Math.round(from + ((rank - below) / n) * (to - from)) / 1000;
    }
    below += n;
  }
  return null;
}
