/**
 * How far a rate may be off: intervals for one proportion, and for the difference of two, at 95 % confidence.
 */

/** `successes` out of `n`: whole numbers, 0 ≤ successes ≤ n. */
export interface Proportion {
  successes: number;
  n: number;
}

/** The ends of an interval, both of which belong to it. */
export interface Bounds {
  low: number;
  high: number;
}

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959964;

/**
 * The Wilson score interval of a proportion at 95 %, without continuity correction; null when n is 0. It stays within
 * [0, 1] and keeps its coverage for few messages and for rates near 0 or 1, where p ± z·√(p(1−p)/n) does not.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22
 * (1927), 209–212; it is method 3 in R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Stat.
 * Med. 17 (1998), 857–872.
 */
export function wilson(successes: number, n: number): Bounds | null {
  if (n === 0) return null;
  const p = successes / n;
  const center = p + Z ** 2 / (2 * n);
  const halfWidth = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  return {
    // The formula gives exactly 0 and 1 here; floating point need not.
    low: successes === 0 ? 0 : Math.max(0, (center - halfWidth) / scale),
    high: successes === n ? 1 : Math.min(1, (center + halfWidth) / scale),
  };
}

/**
 * An interval at 95 % for a's proportion − b's, from −1 to 1; null when either has nothing to divide by.
 *
 * Newcombe's hybrid score interval, made of the Wilson intervals of the two. Source: method 10 in R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", Stat. Med. 17 (1998), 873–890.
 */
export function newcombe(a: Proportion, b: Proportion): Bounds | null {
  const boundsA = wilson(a.successes, a.n);
  const boundsB = wilson(b.successes, b.n);
  if (!boundsA || !boundsB) return null;
  const pA = a.successes / a.n;
  const pB = b.successes / b.n;
  return {
    low: pA - pB - Math.hypot(pA - boundsA.low, boundsB.high - pB),
    high: pA - pB + Math.hypot(boundsA.high - pA, pB - boundsB.low),
  };
}

/** Whether two proportions differ by more than chance explains at 95 %: their Newcombe interval does not hold 0. */
export function differenceBeyondNoise(a: Proportion, b: Proportion): boolean {
  const difference = newcombe(a, b);
  return difference !== null && (difference.low > 0 || difference.high < 0);
}
