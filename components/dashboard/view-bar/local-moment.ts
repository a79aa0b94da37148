/** A day and a time of a zone's clock, as a moment. In browsers, too, where Temporal would weigh 50 kB. */
import { DAY } from "@/lib/terms/durations";

/**
 * The moment that a zone's clock shows this; the first of two where it is shown twice, and where it is skipped what the clock shows
 * instead.
 *
 * @param date as in 2026-11-20
 * @param time as in 09:30
 * @returns as in 2026-11-20T09:30:00Z; for what is no date, time or zone the two as they are, for the view to refuse
 */
export function momentIn(tz: string, date: string, time: string): string {
  const shown = Date.parse(`${date}T${time}Z`);
  try {
    // A day before and after, no change of the clock is in between, or just one.
    const offsets = [-1, 1].map((days) => offsetAt(shown + days * DAY, tz));
    const [moment = shown - (offsets[0] ?? 0)] = offsets
      .map((offset) => shown - offset)
      .filter((at) => at + offsetAt(at, tz) === shown)
      .sort((a, b) => a - b);
    return new Date(moment).toISOString().replace(".000", "");
  } catch {
    return `${date}T${time}`;
  }
}

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(moment: number, tz: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  return (
    Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(moment / 1000) * 1000
  );
}
