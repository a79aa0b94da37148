/** When people log in: by the hour and the day of the week, where they live. */
import { DAY, HOUR, MINUTE, QUARTER } from "@/lib/terms/durations";

/** How busy each hour of the local day begins, 1 being the usual; in between it changes evenly. */
const HOURS = [
  0.4, 0.25, 0.16, 0.12, 0.12, 0.18, 0.36, 0.64, 0.9, 1.08, 1.18, 1.22, 1.28, 1.22, 1.16, 1.16, 1.2, 1.3,
  1.42, 1.56, 1.66, 1.52, 1.14, 0.7,
];

/** How busy each day of the week is, from the first working day. */
const WEEKDAYS = [1.06, 1.04, 1.02, 1.03, 1.08, 0.9, 0.87];

/** Where the working week begins on Sunday. */
const SUNDAY_FIRST = new Set(
  "Asia/Riyadh Africa/Cairo Asia/Amman Asia/Qatar Asia/Muscat Asia/Jerusalem".split(" "),
);

/** How busy a time zone is at a moment, in epoch milliseconds; 1 on average over a week, about. */
export function busyness(zone: string, at: number): number {
  const local = at + offsetAt(zone, at);
  const hour = (local % DAY) / HOUR;
  const from = HOURS[Math.floor(hour)] ?? 1;
  const to = HOURS[(Math.floor(hour) + 1) % 24] ?? 1;
  // 1 January 1970 was a Thursday.
  const daysSinceMonday = (Math.floor(local / DAY) + 3) % 7;
  const workday = SUNDAY_FIRST.has(zone) ? (daysSinceMonday + 1) % 7 : daysSinceMonday;
  return (from + (to - from) * (hour % 1)) * (WEEKDAYS[workday] ?? 1);
}

/** The start of the quarter-hour that a moment is in. */
export function quarterOf(at: number): number {
  return at - (at % QUARTER);
}

interface Zone {
  format: Intl.DateTimeFormat;
  /** Its distance from UTC by UTC day, in milliseconds. */
  offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** More days than a history has: what is older than that is asked for no more. */
const DAYS_KEPT = 1_000;

/** A zone's distance from UTC in milliseconds, as it is at the start of the UTC day: an hour more or less matters to no rhythm. */
function offsetAt(name: string, at: number): number {
  const day = at - (at % DAY);
  let zone = zones.get(name);
  if (!zone) {
    const format = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "longOffset" });
    zone = { format, offsets: new Map() };
    zones.set(name, zone);
  }
  const known = zone.offsets.get(day);
  if (known !== undefined) return known;
  if (zone.offsets.size > DAYS_KEPT) zone.offsets.clear();
  const [, sign, hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(zone.format.format(day)) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
  zone.offsets.set(day, offset);
  return offset;
}
