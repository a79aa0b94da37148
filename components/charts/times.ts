/** Moments as charts name them, in the zone of the view; which zone that is, the page says once. */

type Look = "day" | "weekday" | "month" | "clock" | "moment";

const LOOKS: Record<Look, Intl.DateTimeFormatOptions> = {
  /** `16 Nov` */
  day: { day: "numeric", month: "short" },
  /** `Mon 16 Nov` */
  weekday: { weekday: "short", day: "numeric", month: "short" },
  /** `Nov 2026` */
  month: { month: "short", year: "numeric" },
  /** `14:15` */
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** `16 Nov, 14:15` */
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment by the clock of a zone. Made once per zone and look: making one takes longer than writing a hundred. */
export function inZone(moment: Date | number, tz: string, look: Look): string {
  const key = `${look} ${tz}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { ...LOOKS[look], timeZone: tz });
    formats.set(key, format);
  }
  // "Mon, 16 Nov" and "16 Nov, 14:15" need no comma, and break nowhere.
  return format.format(moment).replace(",", "").replaceAll(" ", "\u00a0");
}

/** `2026-11-16T14:15:00Z`: a moment as addresses have it. */
export function inAddress(moment: number): string {
  return new Date(moment).toISOString().replace(".000Z", "Z");
}
