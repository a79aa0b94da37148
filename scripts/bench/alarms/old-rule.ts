/**
 * The detector as it was until 26 November 2026, to be measured beside the one there is: windows of 1, 3, 6 and 24 hours, of which the whole
 * interval has to lie 15 points under the same hours of two weeks before.
 */
import { QUARTER } from "@/lib/terms/durations";
import type { Conversions, History } from "@/lib/insights/statistics/counted";
import type { Drop } from "@/lib/insights/statistics/drops";
import { newcombe, wilson } from "@/lib/insights/statistics/wilson";

/** How far, of 1, the whole interval must lie under the baseline. */
const DROP = 0.15;

/** A drop is over when conversion is less than this under its baseline: nearer than where it began, so that it does not flicker. */
const RECOVERED = DROP / 2;

/** Fewer messages tell nothing. */
const LEAST_ATTEMPTED = 30;
const LEAST_BASELINE = 100;

const QUARTERS_AN_HOUR = 4;
const QUARTERS_A_DAY = 24 * QUARTERS_AN_HOUR;

/** A collapse shows within an hour where there are many messages, within a day where there are few. In quarter-hours. */
const WINDOWS = [QUARTERS_AN_HOUR, 3 * QUARTERS_AN_HOUR, 6 * QUARTERS_AN_HOUR, QUARTERS_A_DAY];

/** What `since` is looked for in, and what it is told from. */
const LOOK_BACK = 2 * QUARTERS_A_DAY;

/**
 * Finds the drops that were noticed, or still open, in the quarter-hours of `history` from the index `from` on.
 *
 * @param last the drop found last before, open or over
 */
export function findDropsAsBefore(history: History, from: number, last: Drop | null): Drop[] {
  const sums = prefixSums(history);
  const found: Drop[] = [];
  let current = last?.until === null ? last : null;
  // A drop begins after the one before has ended.
  let earliest = last?.until ? indexOf(history, last.until) : 0;
  const end = history.attempted.length;
  for (let now = from + 1; now <= end; now += 1) {
    if (current) {
      const since = indexOf(history, current.since);
      const over = recoveredFrom(sums, now, since, indexOf(history, current.openedAt), current.baseline);
      if (over !== null) {
        found.push({ ...current, until: momentAt(history, over), current: sums(since, over) });
        current = null;
        earliest = over;
      }
    } else {
      current = noticed(history, sums, now, earliest);
    }
  }
  if (current) found.push({ ...current, current: sums(indexOf(history, current.since), end) });
  return found;
}

/** What was attempted and confirmed in [from, to), by index. */
type Sums = (from: number, to: number) => Conversions;

function prefixSums({ attempted, confirmed }: History): Sums {
  const sumsOf = (counts: Int32Array) => {
    const sums = new Float64Array(counts.length + 1);
    let sum = 0;
    counts.forEach((n, i) => (sums[i + 1] = sum += n));
    const upTo = (end: number) => sums[Math.max(0, end)] ?? 0;
    return (from: number, to: number) => upTo(to) - upTo(from);
  };
  const [a, c] = [sumsOf(attempted), sumsOf(confirmed)];
  return (from, to) => ({ attempted: a(from, to), confirmed: c(from, to) });
}

/** The drop that is noticed at `now`, in the shortest window that shows one. */
function noticed(history: History, sums: Sums, now: number, earliest: number): Drop | null {
  for (const window of WINDOWS) {
    const recent = sums(now - window, now);
    if (now - window < earliest || recent.attempted < LEAST_ATTEMPTED) continue;
    const baseline = baselineOf(sums, now - window, now);
    if (!baseline || !isFarBelow(recent, baseline)) continue;
    const since = onset(sums, now, Math.max(earliest, now - 2 * window), earliest, rate(baseline));
    return {
      since: momentAt(history, since),
      openedAt: momentAt(history, now),
      until: null,
      baseline,
      current: sums(since, now),
    };
  }
  return null;
}

/** Whether all of what chance leaves open lies more than DROP under the baseline, which itself may be off by chance. */
function isFarBelow(recent: Conversions, baseline: Conversions): boolean {
  const counts = ({ attempted: n, confirmed: successes }: Conversions) => ({ successes, n });
  const interval = wilson(recent.confirmed, recent.attempted);
  const difference = newcombe(counts(baseline), counts(recent));
  return (
    interval !== null && difference !== null && interval.high < rate(baseline) - DROP && difference.low > DROP
  );
}

/**
 * What the same destination did in the 14 days before: at the same time of the week, for nights and weekends are not like working
 * days; where that is not enough for a whole day, at any time. A fortnight's whole needs fewer messages than a part of it: it is of
 * all hours alike, and how far it may be off by chance is looked at besides.
 */
function baselineOf(sums: Sums, from: number, to: number): Conversions | null {
  const [week, fortnight] = [
    sums(from - 7 * QUARTERS_A_DAY, to - 7 * QUARTERS_A_DAY),
    sums(from - 14 * QUARTERS_A_DAY, to - 14 * QUARTERS_A_DAY),
  ];
  const sameTime = {
    attempted: week.attempted + fortnight.attempted,
    confirmed: week.confirmed + fortnight.confirmed,
  };
  if (sameTime.attempted >= LEAST_BASELINE) return sameTime;
  const anyTime = sums(from - 14 * QUARTERS_A_DAY, from);
  return to - from === QUARTERS_A_DAY && anyTime.attempted >= LEAST_ATTEMPTED ? anyTime : null;
}

/**
 * The most likely moment of the fall: where the likelihood of "one rate until then, a lower one after" is greatest (the
 * maximum-likelihood change point of a binomial rate; Hinkley 1970). The rate before is what it was in the days before: the
 * baseline's, of other weeks, may be off by more than a drop's beginning shows.
 *
 * @param from the first moment to consider: a fall long before the window that shows it would have been noticed earlier
 */
function onset(sums: Sums, now: number, from: number, earliest: number, baseline: number): number {
  let best = now - 1;
  let greatest = -Infinity;
  for (let start = from; start < now; start += 1) {
    const before = sums(Math.max(earliest, now - LOOK_BACK), start);
    const after = sums(start, now);
    if (after.attempted === 0 || rate(after) >= (before.attempted ? rate(before) : baseline)) continue;
    const likelihood = logLikelihood(before) + logLikelihood(after);
    // Of equally likely moments the last: nothing was sent between them.
    if (likelihood >= greatest) [greatest, best] = [likelihood, start];
  }
  return best;
}

/** Of so many confirmations at the rate that makes them likeliest. */
function logLikelihood({ attempted, confirmed }: Conversions): number {
  const times = (n: number) => (n === 0 ? 0 : n * Math.log(n / attempted));
  return times(confirmed) + times(attempted - confirmed);
}

/**
 * From when on conversion is back, or nothing is sent any more; null when neither. Where a day has too few messages to tell the rate,
 * it is back when they are a hundred times likelier at the baseline's rate than at the drop's.
 *
 * @param opened when the drop was noticed: what was before does not speak for it being over
 */
function recoveredFrom(
  sums: Sums,
  now: number,
  since: number,
  opened: number,
  baseline: Conversions,
): number | null {
  for (const window of WINDOWS.slice(1)) {
    const recent = sums(now - window, now);
    if (recent.attempted >= LEAST_ATTEMPTED) {
      const isBack = now - window >= opened && rate(recent) > rate(baseline) - RECOVERED;
      return isBack ? now - window : null;
    }
  }
  const day = sums(now - QUARTERS_A_DAY, now);
  if (day.attempted === 0) return now - QUARTERS_A_DAY;
  const isBack =
    now - QUARTERS_A_DAY >= opened && likelihoodRatio(day, baseline, sums(since, opened)) >= Math.log(100);
  return isBack ? now - QUARTERS_A_DAY : null;
}

/** The logarithm of how much likelier counts are at one rate than at another; both rates pulled a little off 0 and 1. */
function likelihoodRatio(
  { attempted, confirmed }: Conversions,
  one: Conversions,
  other: Conversions,
): number {
  const pulled = (counts: Conversions) => (counts.confirmed + 0.5) / (counts.attempted + 1);
  const [p, q] = [pulled(one), pulled(other)];
  return confirmed * Math.log(p / q) + (attempted - confirmed) * Math.log((1 - p) / (1 - q));
}

function rate({ attempted, confirmed }: Conversions): number {
  return confirmed / attempted;
}

function momentAt({ start }: History, index: number): Date {
  return new Date(start.getTime() + index * QUARTER);
}

function indexOf({ start }: History, moment: Date): number {
  return Math.max(0, (moment.getTime() - start.getTime()) / QUARTER);
}
