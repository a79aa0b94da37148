/**
 * Whether figures differ by more than chance explains, at 95 %: for those that are not proportions. Proportions have
 * `differenceBeyondNoise` of ./wilson.
 */
import type { InsightsRow, TimeToConfirm } from "./metrics";
import { differenceBeyondNoise } from "../statistics/wilson";

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959964;

/** The 90 % quantile. */
const Z90 = 1.281552;

/** Counts of two stretches of the same length, as Poisson variables: their difference against √(a + b). */
export function countsDiffer(a: number, b: number): boolean {
  return Math.abs(a - b) > Z * Math.sqrt(a + b);
}

/**
 * Medians of two log-normal samples: the standard error of a median's logarithm is √(π/2) · σ ÷ √n, and σ is the distance of the
 * 90th percentile from the median in logarithms, in units of the normal's.
 */
export function mediansDiffer(a: TimeToConfirm | null, b: TimeToConfirm | null): boolean {
  const [logA, logB] = [logMedian(a), logMedian(b)];
  if (logA === null || logB === null) return false;
  return Math.abs(logA.value - logB.value) > Z * Math.sqrt(logA.squaredError + logB.squaredError);
}

/** The logarithm of a median, and how far it may be off. */
function logMedian(time: TimeToConfirm | null): { value: number; squaredError: number } | null {
  if (!time?.p50 || !time.p90) return null;
  const sigma = Math.log(time.p90 / time.p50) / Z90;
  return { value: Math.log(time.p50), squaredError: (Math.PI / 2) * (sigma ** 2 / time.n) };
}

/**
 * Costs per conversion: prices are known, so what chance has a part in is how many of the messages were confirmed. The logarithm
 * of a proportion p of n has the standard error √((1 − p) ÷ (p · n)).
 */
export function costsDiffer(a: InsightsRow, b: InsightsRow): boolean {
  const [[spendA], [spendB]] = [a.spend, b.spend];
  const [costA, costB] = [spendA?.costPerConversion, spendB?.costPerConversion];
  if (!costA || !costB || spendA?.currency !== spendB?.currency) return false;
  const squaredError = ({ mature: { attempted, confirmed } }: InsightsRow) =>
    (1 - confirmed / attempted) / confirmed;
  return Math.abs(Math.log(costA / costB)) > Z * Math.sqrt(squaredError(a) + squaredError(b));
}

/** Two proportions given as part and whole. */
export function sharesDiffer(a: [part: number, whole: number], b: [part: number, whole: number]): boolean {
  const proportion = ([successes, n]: [number, number]) => ({ successes, n });
  return differenceBeyondNoise(proportion(a), proportion(b));
}
