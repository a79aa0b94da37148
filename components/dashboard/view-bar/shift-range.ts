/**
 * The range before a range and the one after it, as changes of the URL. On the server only: Temporal weighs 50 kB.
 */
import { Temporal } from "temporal-polyfill";
import { endsNow, RANGE_NAMES, RANGES, termsOf, type RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import type { ParamChange } from "../../ui/view-url";

/** The stretch of the same length right before. */
export function rangeBefore(range: Range, name: RangeName | null): ParamChange {
  const start = local(range.from, range.tz);
  return fixed(start.subtract(name ? RANGES[name].length : lengthOf(range)), start);
}

/**
 * The stretch of the same length right after; where that would not have ended yet, and a range that ends now has its length,
 * that one.
 *
 * @param at the time now
 * @returns null when there is nothing after it yet
 */
export function rangeAfter(range: Range, name: RangeName | null, at: Date): ParamChange | null {
  if ((name && endsNow(name)) || range.to >= at) return null;
  const start = local(range.to, range.tz);
  const length = lengthOf(range);
  const end = start.add(length);
  // Days end with the day before, although the range by their name goes on to now.
  const now = local(at, range.tz);
  const ended = isMidnight(start) && length.hours === 0 ? now.startOfDay() : now.subtract({ minutes: 15 });
  const current = Temporal.ZonedDateTime.compare(end, ended) >= 0 && namedLike(length, start);
  return current ? { range: current, from: null, to: null } : fixed(start, end);
}

/** This range, to stay as it is while time goes on. */
export function rangeHeld({ from, to, tz }: Range): ParamChange {
  return { ...fixed(local(from, tz), local(to, tz)), live: null };
}

/** In months or days where it consists of whole ones by the local calendar, otherwise in hours. */
function lengthOf({ from, to, tz }: Range): Temporal.Duration {
  const [start, end] = [local(from, tz), local(to, tz)];
  if (!isMidnight(start) || !isMidnight(end)) return start.until(end, { largestUnit: "hours" });
  return start.until(end, { largestUnit: start.day === 1 && end.day === 1 ? "months" : "days" });
}

function namedLike(length: Temporal.Duration, start: Temporal.ZonedDateTime): RangeName | undefined {
  return RANGE_NAMES.find((name) => {
    const terms = termsOf(name);
    if (!endsNow(name) || (terms.since && !begins(terms.since, start))) return false;
    // A day is today rather than 24 hours.
    if ("hours" in terms.length && isMidnight(start) && length.hours === 0) return false;
    return Temporal.Duration.compare(terms.length, length, { relativeTo: start }) === 0;
  });
}

function begins(unit: "day" | "week" | "month", start: Temporal.ZonedDateTime): boolean {
  if (!isMidnight(start)) return false;
  return unit === "day" || (unit === "week" ? start.dayOfWeek === 1 : start.day === 1);
}

/** Dates where both ends are midnights, which read better in the URL. */
function fixed(from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): ParamChange {
  const asDates = isMidnight(from) && isMidnight(to);
  const text = (moment: Temporal.ZonedDateTime) =>
    asDates ? moment.toPlainDate().toString() : moment.toInstant().toString();
  return { range: null, from: text(from), to: text(to), live: null };
}

function isMidnight(moment: Temporal.ZonedDateTime): boolean {
  return moment.equals(moment.startOfDay());
}

function local(moment: Date, tz: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(tz);
}
