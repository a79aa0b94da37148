/**
 * A range, its zone and what it is compared with, in words.
 */
import { beginsDay } from "../../ui/days";
import { DAY, HOUR, QUARTER } from "@/lib/terms/durations";
import { RANGES, termsOf, type RangeName } from "@/lib/terms/ranges";
import type { Comparison, Range } from "@/lib/insights/asking/range";

const ROUNDING_MS = 2 * QUARTER;
/** Up to this length the time of day says more than the day alone. */
const SHORT_MS = 2 * DAY;

/** `26 Oct – 23 Nov`; with times when it is short, and with years when they are not this one. */
export function rangeDates({ from, to, tz }: Range, at: Date): string {
  const year = new Intl.DateTimeFormat("en-GB", { timeZone: tz, year: "numeric" });
  const withYear = [from, to].some((moment) => year.format(moment) !== year.format(at));
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: tz, hour: "2-digit", minute: "2-digit" });
  const wholeDays = beginsDay(from, tz) && beginsDay(to, tz);
  const withTime = !wholeDays && to.getTime() - from.getTime() <= SHORT_MS;
  const date = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    day: "numeric",
    month: "short",
    ...(withYear ? { year: "numeric" } : {}),
  });
  // The end does not belong to it: midnight is the end of the day before.
  const last = new Date(to.getTime() - 1);
  const [first, end] = [date.format(from), date.format(withTime ? to : last)];
  if (withTime) {
    const endWords = first === end ? clock.format(to) : `${end} ${clock.format(to)}`;
    return `${first} ${clock.format(from)} – ${endWords}`;
  }
  return first === end ? first : `${first} – ${end}`;
}

/** `Last 28 days`; `9 days` for one that does not end now. */
export function rangeTitle(range: Range, name: RangeName | null): string {
  if (name) return RANGES[name].words;
  const hours = (range.to.getTime() - range.from.getTime()) / HOUR;
  if ([range.from, range.to].every((moment) => beginsDay(moment, range.tz)))
    return plural(Math.round(hours / 24), "day");
  if (hours < 1) return plural(Math.round(hours * 60), "minute");
  if (hours < 48) return plural(Math.round(hours * 10) / 10, "hour");
  return plural(Math.round(hours / 24), "day");
}

/** `in the last 28 days`, `yesterday`, `in these 9 days`: when, in a sentence. */
export function rangePhrase(range: Range, name: RangeName | null): string {
  const title = rangeTitle(range, name);
  if (!name) return `in these ${title}`;
  const words = title.toLowerCase();
  return /^(today|yesterday|this|last week)/.test(words) ? words : `in the ${words}`;
}

/** `the 28 before`, `the 6 days before`: what goes after “compared with”. */
export function compareWords(compare: Comparison, range: Range, name: RangeName | null): string {
  // In other years or not: the range's own end is what both are seen from.
  if (typeof compare !== "string") return rangeDates({ ...compare, tz: range.tz }, range.to);
  switch (compare) {
    case "none":
      return "nothing";
    case "previous":
      return (name && termsOf(name).before) ?? `the ${withoutOne(rangeTitle(range, null))} before`;
    case "week": {
      // As the report has it: what rounding outward added does not count.
      const length = range.to.getTime() - range.from.getTime() - ROUNDING_MS;
      const weeks = Math.max(1, Math.ceil(length / DAY / 7));
      return weeks === 1 ? "a week earlier" : `${weeks} weeks earlier`;
    }
  }
}

/** `day` for `1 day`: of one nobody counts. */
function withoutOne(words: string): string {
  return words.replace(/^1 /, "");
}

/** `UTC+5:30`: the zone's offset at a moment. */
export function offsetWords(tz: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: tz, timeZoneName: "shortOffset" }).formatToParts(
    at,
  );
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
  return offset.replace("GMT", "UTC").replace("UTC+0", "UTC").replace("-", "−");
}

/** `22:45`, and `22:45:10` with seconds. */
export function timeIn(tz: string, at: Date, seconds = false): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
  }).format(at);
}

/** `2026-11-23`, as fields for dates have it. */
export function dateIn(tz: string, at: Date): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: tz,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `Los Angeles` */
export function zoneName(zone: string): string {
  return zone.replace(/^.*\//, "").replaceAll("_", " ");
}
