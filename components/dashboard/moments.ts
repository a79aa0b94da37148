/** Moments in the view's zone, which the bar names once. */
import { DAY } from "@/lib/terms/durations";

/** `14:15`, `14:15 yesterday`, `8 Jun 09:00`, `8 Jun 2025 09:00`; and `14:15:07` with seconds. */
export function formatMoment(
  at: Date,
  tz: string,
  now: Date,
  { seconds = false }: { seconds?: boolean } = {},
): string {
  const time = at.toLocaleTimeString("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
  });
  const [day, today] = [dayOf(at, tz), dayOf(now, tz)];
  if (day === today) return time;
  if (day === dayOf(new Date(now.getTime() - DAY), tz)) return `${time} yesterday`;
  return `${formatDay(at, tz, now)} ${time}`;
}

/** `8 Jun`, `8 Jun 2025` */
export function formatDay(at: Date, tz: string, now: Date): string {
  const sameYear = dayOf(at, tz).slice(0, 4) === dayOf(now, tz).slice(0, 4);
  return at.toLocaleDateString("en-GB", {
    timeZone: tz,
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
  });
}

/** As 2026-11-23, which compares as text. */
function dayOf(at: Date, tz: string): string {
  return at.toLocaleDateString("en-CA", { timeZone: tz, year: "numeric", month: "2-digit", day: "2-digit" });
}
