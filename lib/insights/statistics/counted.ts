/**
 * Counts by quarter-hour, sums of any stretch of them, and how much likelier some are than others.
 */
import { QUARTER } from "../../terms/durations";
import type { Proportion } from "./wilson";

/** Quarter-hours of one destination: `attempted[i]` and `confirmed[i]` (in time) are of the quarter-hour start + i. */
export interface History {
  start: Date;
  attempted: Int32Array;
  confirmed: Int32Array;
  /** Who asked for a code, and of these who got in with their first message. Without it every message counts as a person's only one. */
  people?: { asked: Int32Array; gotIn: Int32Array } | undefined;
}

export interface Conversions {
  attempted: number;
  confirmed: number;
}

/** What a stretch of time has: messages, and the people who asked for them. */
export interface Counted extends Conversions {
  asked: number;
  gotIn: number;
}

/** What there is in [from, to), by index. */
export type Sums = (from: number, to: number) => Counted;

export function prefixSums({ attempted, confirmed, people }: History): Sums {
  const sumsOf = (counts: Int32Array) => {
    const sums = new Float64Array(counts.length + 1);
    let sum = 0;
    counts.forEach((n, i) => (sums[i + 1] = sum += n));
    const upTo = (end: number) => sums[Math.max(0, end)] ?? 0;
    return (from: number, to: number) => upTo(to) - upTo(from);
  };
  const [a, c] = [sumsOf(attempted), sumsOf(confirmed)];
  const [asked, gotIn] = people ? [sumsOf(people.asked), sumsOf(people.gotIn)] : [a, c];
  return (from, to) => ({
    attempted: a(from, to),
    confirmed: c(from, to),
    asked: asked(from, to),
    gotIn: gotIn(from, to),
  });
}

export function conversionsOf({ attempted, confirmed }: Conversions): Conversions {
  return { attempted, confirmed };
}

export function peopleOf({ asked, gotIn }: Counted): Conversions {
  return { attempted: asked, confirmed: gotIn };
}

/**
 * The logarithm of how much likelier two counts are with rates of their own than with one rate, where the recent one is lower: the
 * likelihood-ratio test of two binomial proportions (S. S. Wilks, Ann. Math. Stat. 9 (1938), 60-62).
 */
export function evidence(recent: Conversions, baseline: Conversions): number {
  if (recent.attempted === 0 || baseline.attempted === 0 || rate(recent) >= rate(baseline)) return 0;
  const both = {
    attempted: recent.attempted + baseline.attempted,
    confirmed: recent.confirmed + baseline.confirmed,
  };
  return logLikelihood(recent) + logLikelihood(baseline) - logLikelihood(both);
}

export function proportionOf({ attempted, confirmed }: Conversions): Proportion {
  return { successes: confirmed, n: attempted };
}

export function total(parts: readonly Counted[]): Counted {
  const sum = { attempted: 0, confirmed: 0, asked: 0, gotIn: 0 };
  for (const part of parts) {
    sum.attempted += part.attempted;
    sum.confirmed += part.confirmed;
    sum.asked += part.asked;
    sum.gotIn += part.gotIn;
  }
  return sum;
}

/** Of so many confirmations at the rate that makes them likeliest. */
export function logLikelihood({ attempted, confirmed }: Conversions): number {
  const times = (n: number) => (n === 0 ? 0 : n * Math.log(n / attempted));
  return times(confirmed) + times(attempted - confirmed);
}

/** The logarithm of how much likelier counts are at one rate than at another; both rates pulled a little off 0 and 1. */
export function likelihoodRatio(
  { attempted, confirmed }: Conversions,
  one: Conversions,
  other: Conversions,
): number {
  const pulled = (counts: Conversions) => (counts.confirmed + 0.5) / (counts.attempted + 1);
  const [p, q] = [pulled(one), pulled(other)];
  return confirmed * Math.log(p / q) + (attempted - confirmed) * Math.log((1 - p) / (1 - q));
}

export function rate({ attempted, confirmed }: Conversions): number {
  return confirmed / attempted;
}

export function momentAt({ start }: History, index: number): Date {
  return new Date(start.getTime() + index * QUARTER);
}

export function indexOf({ start }: History, moment: Date): number {
  return Math.max(0, (moment.getTime() - start.getTime()) / QUARTER);
}
