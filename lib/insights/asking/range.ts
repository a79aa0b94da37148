/**
 * Ranges of time: the buckets they fall into in a time zone, and the range one is compared with.
 *
 * All of it is in quarter-hours UTC, as the counts are. Every offset in use since 1980 is a multiple of 15 minutes, and so
 * are its local boundaries. Those of older offsets, and of clocks changed at 00:01 (last by Casey, in 2022), are rounded
 * down to one.
 */
import { Temporal } from "temporal-polyfill";
import { DAY, HOUR, QUARTER } from "../../terms/durations";
import type { Compare, Interval } from "../../terms/ranges";

/** What a range is compared with: a stretch that is found from it, one with ends of its own, or none. */
export type Comparison = Compare | Pick<Range, "from" | "to">;

/** Half-open: `from` belongs to it, `to` does not. Both are multiples of 15 minutes UTC. */
export interface Range {
  from: Date;
  to: Date;
  /** What `isTimeZone` takes. */
  tz: string;
}

/** The smallest range that holds both moments and begins and ends on a quarter-hour UTC. */
export function roundOutward(from: Date, to: Date): { from: Date; to: Date } {
  return {
    from: new Date(floorTo(from.getTime(), QUARTER)),
    to: new Date(Math.ceil(to.getTime() / QUARTER) * QUARTER),
  };
}

/**
 * Whether this is a time zone: a name of the IANA database, old ones such as `Asia/Calcutta` included, in any case.
 *
 * Plain offsets (`+05:30`) are none: they know no daylight-saving time, and Intl takes them only from Node 22 on. For a
 * fixed offset there is `Etc/GMT-5`.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Intl knows a few that Temporal does not, such as PST.
    zoned(0, name);
    return true;
  } catch {
    return false;
  }
}

/** The moment at which a zone's clock shows `2026-11-16T14:15`; the earlier one where it does so twice. Null for what is no such text. */
export function momentIn(local: string, tz: string): Date | null {
  try {
    return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(tz).epochMilliseconds);
  } catch {
    return null;
  }
}

/**
 * The starts of the buckets that overlap a range, ascending; the first is clipped to `range.from`, and there is none
 * when the range is empty.
 *
 * The boundaries are local: days have 23 or 25 hours where clocks change, and begin at 01:00 where midnight is skipped;
 * weeks begin on Monday, as in ISO 8601. An hour begins where the clock's hour changes or begins anew, so each bucket
 * is within one hour of the clock, and an hour that is repeated as a whole makes two. Only where a part of it is
 * repeated or skipped (Lord Howe changes by 30 minutes) is it longer or shorter.
 */
export function bucketStarts(range: Range, interval: Interval): Date[] {
  const from = range.from.getTime();
  const to = range.to.getTime();
  if (from >= to) return [];
  const starts = [from];
  let last = from;
  for (const boundary of boundaries(range, interval)) {
    const start = floorTo(boundary, QUARTER);
    if (start >= to) break;
    // Apia's 30 December 2011 did not happen: as far as it begins at all, it does with the 31st.
    if (start > last) starts.push(start);
    last = Math.max(last, start);
  }
  return starts.map((start) => new Date(start));
}

/** The moment a bucket ends before. */
export function bucketEnd(starts: readonly Date[], index: number, range: Range): Date {
  return starts[index + 1] ?? range.to;
}

/** Boundaries in epoch milliseconds, ascending: from at or before `range.from` or soon after it, to at least `range.to`. */
function boundaries({ from, to, tz }: Range, interval: Interval): Iterable<number> {
  switch (interval) {
    case "quarter-hour":
      return multiples(QUARTER, from.getTime(), to.getTime());
    case "hour":
      return hours(from.getTime(), to.getTime(), tz);
    case "day":
    case "week":
    case "month":
      return dates(zoned(from.getTime(), tz).toPlainDate(), interval, tz);
  }
}

function* multiples(span: number, from: number, to: number, phase = 0): Iterable<number> {
  for (let time = Math.ceil((from - phase) / span) * span + phase; time < to; time += span) yield time;
}

function* hours(from: number, to: number, tz: string): Iterable<number> {
  let segment = zoned(from, tz);
  for (;;) {
    // Up to the next change of the offset, hours are 60 minutes apart.
    const change = segment.getTimeZoneTransition("next");
    const end = Math.min(to, change?.epochMilliseconds ?? to);
    yield* multiples(HOUR, segment.epochMilliseconds, end, -segment.offsetNanoseconds / 1e6);
    if (!change || end >= to) return;
    // A change to the full hour begins one as any other; a change past it, such as Chatham's to 03:45, does so itself.
    if (change.minute !== 0 && change.hour !== zoned(end - 1, tz).hour) yield end;
    segment = change;
  }
}

/** The starts of days, weeks or months, without end. */
function* dates(
  within: Temporal.PlainDate,
  interval: "day" | "week" | "month",
  tz: string,
): Iterable<number> {
  let date = within;
  if (interval === "week") date = date.subtract({ days: date.dayOfWeek - 1 });
  if (interval === "month") date = date.with({ day: 1 });
  for (;;) {
    yield date.toZonedDateTime(tz).epochMilliseconds;
    date = date.add({ [`${interval}s`]: 1 });
  }
}

/** How many buckets a report may have: 90 days by the hour, or three weeks by the quarter-hour. */
export const MAX_BUCKETS = 2_200;

/** In milliseconds, on average. */
const LENGTH: Record<Interval, number> = {
  "quarter-hour": QUARTER,
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
  month: 30.436875 * DAY,
};

/**
 * How many buckets a range has: exactly, or, beyond twice `MAX_BUCKETS`, estimated from its length, so that asking costs
 * nothing however long it is.
 */
export function bucketCount(range: Range, interval: Interval): number {
  const estimate = Math.round((range.to.getTime() - range.from.getTime()) / LENGTH[interval]);
  return estimate > 2 * MAX_BUCKETS ? estimate : bucketStarts(range, interval).length;
}

/**
 * The largest span of time UTC that all starts but the first, which may be clipped, are multiples of: what counts by that
 * span can be used for, apart from the two ends.
 */
export function largestSpan(starts: readonly Date[]): "quarter" | "hour" | "day" {
  const inner = starts.slice(1).map((start) => start.getTime());
  if (inner.every((start) => start % DAY === 0)) return "day";
  return inner.every((start) => start % HOUR === 0) ? "hour" : "quarter";
}

/**
 * The range another is compared with; null for `none`.
 *
 * `previous` is the stretch right before it: as many local months before when it consists of months, as many local days
 * when it consists of days, and otherwise one of exactly the same length. `week` is the same time by the local clock,
 * the least number of whole weeks earlier that keeps the two apart but for what rounding outward added. One with ends of its own
 * may be of another length and may overlap.
 */
export function comparisonRange(range: Range, compare: Comparison): Range | null {
  if (typeof compare !== "string") return { ...compare, tz: range.tz };
  switch (compare) {
    case "none":
      return null;
    case "previous":
      return previous(range);
    case "week":
      return weeksBefore(range);
  }
}

function previous({ from, to, tz }: Range): Range {
  const start = clock(from, tz);
  const end = clock(to, tz);
  if (!isMidnight(from, start, tz) || !isMidnight(to, end, tz)) {
    return { from: new Date(2 * from.getTime() - to.getTime()), to: from, tz };
  }
  const largestUnit = start.day === 1 && end.day === 1 ? "months" : "days";
  return { from: moment(start.subtract(start.until(end, { largestUnit })), tz), to: from, tz };
}

function weeksBefore({ from, to, tz }: Range): Range {
  const start = clock(from, tz);
  const end = clock(to, tz);
  // Rounding outward adds less than a quarter-hour at either end: four weeks stay four.
  const hours = start.until(end).total({ unit: "hours" }) - 0.5;
  const weeks = Math.max(1, Math.ceil(hours / (7 * 24)));
  const earlier = moment(start.subtract({ weeks }), tz);
  const earlierEnd = moment(end.subtract({ weeks }), tz);
  // A short range around the end of daylight-saving time can end earlier by the clock than it begins, and one in the hour
  // that is skipped at its beginning can vanish.
  const length = to.getTime() - from.getTime();
  return { from: earlier, to: earlierEnd > earlier ? earlierEnd : new Date(earlier.getTime() + length), tz };
}

/** What the local clock shows: midnight at the beginning of a day, even where the clock skips it. */
function clock(date: Date, tz: string): Temporal.PlainDateTime {
  const local = zoned(date.getTime(), tz);
  const startsDay = local.startOfDay().epochMilliseconds === local.epochMilliseconds;
  return startsDay ? local.toPlainDate().toPlainDateTime() : local.toPlainDateTime();
}

/** The inverse of `clock`: the first moment it shows this, or what it shows instead if it skips this. */
function moment(local: Temporal.PlainDateTime, tz: string): Date {
  const first = showsMidnight(local) ? local.toPlainDate().toZonedDateTime(tz) : local.toZonedDateTime(tz);
  return new Date(floorTo(first.epochMilliseconds, QUARTER));
}

/** Whether a day begins at this moment, rather than that midnight is repeated. */
function isMidnight(date: Date, local: Temporal.PlainDateTime, tz: string): boolean {
  return showsMidnight(local) && moment(local, tz).getTime() === date.getTime();
}

function showsMidnight(local: Temporal.PlainDateTime): boolean {
  return local.toPlainTime().equals("00:00");
}

function zoned(time: number, tz: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(tz);
}

function floorTo(time: number, span: number): number {
  return Math.floor(time / span) * span;
}
