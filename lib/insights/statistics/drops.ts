/**
 * Conversion drops: destinations whose conversion in time has fallen far below what it was.
 *
 * A pure function of counts by quarter-hour. What is looked at is in-time conversion, (C − late) ÷ A, of mature quarter-hours:
 * late confirmations let nobody in.
 */
import {
  conversionsOf,
  evidence,
  indexOf,
  likelihoodRatio,
  logLikelihood,
  momentAt,
  peopleOf,
  prefixSums,
  proportionOf,
  rate,
  total,
  type Conversions,
  type Counted,
  type History,
  type Sums,
} from "./counted";
import { differenceBeyondNoise } from "./wilson";

export interface Drop {
  /** When conversion fell: the moment after which the counts are least like the baseline. */
  since: Date;
  /** When it was noticed. */
  openedAt: Date;
  /** When conversion was back, or messages ended; null while neither. */
  until: Date | null;
  baseline: Conversions;
  /** From `since` to `until` or to the end of the history. */
  current: Conversions;
}

/** How far, of 1, conversion must have fallen. */
const DROP = 0.15;

/**
 * How many times likelier, as a logarithm, counts must be with a fall than without one. Chance alone is looked at every quarter-hour, in many
 * windows; `npm run bench:alarms` says how seldom it gets this far.
 */
const EVIDENCE = 11;

/** The same against the days before, of which no more are looked at than have so many messages. */
const EVIDENCE_AGAINST_DAYS_BEFORE = 10;
const ENOUGH_BEFORE = 1_000;
const DAYS_BEFORE = [2, 4, 7];

/** The same against the few messages there were at the same time of the week. */
const EVIDENCE_AGAINST_FEW = 3;

/** The same for a drop's end, of which nobody is woken. */
const EVIDENCE_OF_RECOVERY = Math.log(20);

/** A drop is over when conversion is less than this under its baseline: nearer than where it began, so that it does not flicker. */
const RECOVERED = DROP / 2;

/** Fewer messages tell nothing. */
const LEAST_ATTEMPTED = 30;
const LEAST_BASELINE = 100;

/** So many messages at the same hours of the same weekday are too few for a baseline, and enough to say that it is always like this. */
const LEAST_TELLING = 10;

const QUARTERS_AN_HOUR = 4;
const QUARTERS_A_DAY = 24 * QUARTERS_AN_HOUR;

/**
 * A collapse shows within a quarter-hour where there are many messages, within two days where there are few: a fall is told soonest in a
 * window that begins about where it did. In quarter-hours.
 */
const WINDOWS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192];

const RECOVERY_WINDOWS = [3 * QUARTERS_AN_HOUR, 6 * QUARTERS_AN_HOUR, QUARTERS_A_DAY];

/** What `since` is looked for in, and what it is told from. */
const LOOK_BACK = 2 * QUARTERS_A_DAY;

/** How far back from a quarter-hour this looks; a history that begins later knows less. In quarter-hours. */
export const HISTORY_NEEDED = 14 * QUARTERS_A_DAY + 2 * LOOK_BACK;

/**
 * Finds the drops that were noticed, or still open, in the quarter-hours of `history` from the index `from` on.
 *
 * @param last the drop found last before, open or over
 * @param others makes the same quarter-hours of what the history is a part of, without it: only what these do not share is the part's own.
 *   Asked for only where the part has fallen
 */
export function findDrops(history: History, from: number, last: Drop | null, others?: () => History): Drop[] {
  const sums = prefixSums(history);
  let sumsOfOthers: Sums | undefined;
  const areOthersAsUsual =
    others &&
    ((begin: number, end: number) => areAsUsual((sumsOfOthers ??= prefixSums(others())), begin, end));
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
        found.push({ ...current, until: momentAt(history, over), current: conversionsOf(sums(since, over)) });
        current = null;
        earliest = over;
      }
    } else {
      current = noticed(history, sums, now, earliest, areOthersAsUsual);
    }
  }
  if (current) found.push({ ...current, current: conversionsOf(sums(indexOf(history, current.since), end)) });
  return found;
}

/** The drop that is noticed at `now`, in the shortest window that shows one. */
function noticed(
  history: History,
  sums: Sums,
  now: number,
  earliest: number,
  areOthersAsUsual: ((from: number, now: number) => boolean) | undefined,
): Drop | null {
  for (const window of WINDOWS) {
    const from = now - window;
    if (from < earliest) break;
    const recent = sums(from, now);
    if (recent.attempted < LEAST_ATTEMPTED) continue;
    if (isOfDaysBefore(recent, sums, from)) continue;
    const baseline = usualOf(sums, from, now);
    if (!baseline || !isFarBelow(recent, baseline) || isAlwaysSo(recent, sums, from, now)) continue;
    if (areOthersAsUsual && !areOthersAsUsual(from, now)) continue;
    const since = onset(
      sums,
      now,
      Math.max(earliest, now - Math.ceil(1.5 * window)),
      earliest,
      rate(baseline),
    );
    return {
      since: momentAt(history, since),
      openedAt: momentAt(history, now),
      until: null,
      baseline: conversionsOf(baseline),
      current: conversionsOf(sums(since, now)),
    };
  }
  return null;
}

/**
 * Whether conversion is DROP under the baseline and chance does not explain it. Who cannot be reached asks again, and is one person however
 * often: evidence is counted by people. A baseline of few may itself be off by chance, and then says less.
 */
function isFarBelow(recent: Counted, baseline: Counted): boolean {
  return rate(recent) <= rate(baseline) - DROP && evidence(peopleOf(recent), peopleOf(baseline)) >= EVIDENCE;
}

/** Whether the others have done about as well as they do. Of too few messages that is not known, and then the fall may be everybody's. */
function areAsUsual(others: Sums, from: number, now: number): boolean {
  const recent = others(from, now);
  if (recent.attempted < LEAST_ATTEMPTED) return false;
  const usual = usualOf(others, from, now);
  return usual !== null && rate(recent) > rate(usual) - RECOVERED;
}

/** Whether it was like this in the days before, as after a small fall that is none of ours: then chance has more to explain. */
function isOfDaysBefore(recent: Counted, sums: Sums, from: number): boolean {
  for (const days of DAYS_BEFORE) {
    const before = sums(from - days * QUARTERS_A_DAY, from);
    if (before.attempted < ENOUGH_BEFORE && days < 7) continue;
    return (
      before.attempted >= LEAST_BASELINE &&
      evidence(peopleOf(recent), peopleOf(before)) < EVIDENCE_AGAINST_DAYS_BEFORE
    );
  }
  return false;
}

/**
 * What the same destination did in the 14 days before: at the same time of every day, for nights are not like days; at the same time of the
 * week alone, where that is unlike other days; and where the same hours are thin, at any time.
 *
 * @returns null where that is not enough
 */
function usualOf(sums: Sums, from: number, to: number): Counted | null {
  const before = daysBefore(sums, from, to);
  const sameWeekday = total([before(7), before(14)]);
  if (to - from < QUARTERS_A_DAY) {
    const sameHours = total(FORTNIGHT.map(before));
    const isOfItsOwn = differenceBeyondNoise(proportionOf(sameWeekday), proportionOf(sameHours));
    if (sameWeekday.attempted >= LEAST_BASELINE && isOfItsOwn) return sameWeekday;
    if (sameHours.attempted >= LEAST_BASELINE) return sameHours;
  } else if (sameWeekday.attempted >= LEAST_BASELINE) return sameWeekday;
  const anyTime = sums(from - 14 * QUARTERS_A_DAY, from);
  return anyTime.attempted >= LEAST_ATTEMPTED ? anyTime : null;
}

/** What there was at the same time so many days before. */
function daysBefore(sums: Sums, from: number, to: number): (days: number) => Counted {
  // A quarter-hour's own hour: its same quarter-hours alone are few.
  const begin = Math.min(from, to - QUARTERS_AN_HOUR);
  return (days) => sums(begin - days * QUARTERS_A_DAY, to - days * QUARTERS_A_DAY);
}

/** Whether the few messages of the same time of the week were hardly better, as on a Sunday that is worse than all other days. */
function isAlwaysSo(recent: Counted, sums: Sums, from: number, to: number): boolean {
  const before = daysBefore(sums, from, to);
  const few = total([before(7), before(14)]);
  if (few.attempted < LEAST_TELLING) return false;
  const isNear = rate(few) - RECOVERED < rate(recent);
  return isNear || (few.attempted >= LEAST_ATTEMPTED && evidence(recent, few) < EVIDENCE_AGAINST_FEW);
}

const FORTNIGHT = Array.from({ length: 14 }, (_, i) => i + 1);

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

/**
 * From when on conversion is back, or nothing is sent any more; null when neither. It is back when it is near the baseline and the counts are
 * many times likelier at the baseline's rate than at the drop's, a hundred times where a day has too few messages to tell the rate.
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
  const dropped = sums(since, opened);
  for (const window of RECOVERY_WINDOWS) {
    const recent = sums(now - window, now);
    if (recent.attempted < LEAST_ATTEMPTED) continue;
    if (now - window < opened || rate(recent) <= rate(baseline) - RECOVERED) return null;
    if (likelihoodRatio(recent, baseline, dropped) >= EVIDENCE_OF_RECOVERY)
      return returned(sums, now - window, now, baseline, dropped);
  }
  const day = sums(now - QUARTERS_A_DAY, now);
  if (day.attempted === 0) return now - QUARTERS_A_DAY;
  const isBack = now - QUARTERS_A_DAY >= opened && likelihoodRatio(day, baseline, dropped) >= Math.log(100);
  return isBack ? now - QUARTERS_A_DAY : null;
}

/** The likeliest moment of the return within a window that is back as a whole: what is before it belongs to the drop, and is no new one. */
function returned(
  sums: Sums,
  from: number,
  now: number,
  baseline: Conversions,
  dropped: Conversions,
): number {
  let best = from;
  let greatest = -Infinity;
  for (let start = from; start < now; start += 1) {
    const likelihood = likelihoodRatio(sums(start, now), baseline, dropped);
    if (likelihood > greatest) [greatest, best] = [likelihood, start];
  }
  return best;
}
