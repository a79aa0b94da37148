/** Words of the log that no table of lib/terms has. */

/** Of one that was delivered, while its secret may still come back in time. */
export const AWAITED = "Not confirmed yet";

/** `1st`, `2nd`, `3rd`, `4th` */
export function ordinal(n: number): string {
  const suffix = ["th", "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th";
  return `${n}${suffix}`;
}

/** `26 Nov 14:15:07` in a zone. */
export function dateTime(at: Date, tz: string): string {
  return at
    .toLocaleString("en-GB", {
      timeZone: tz,
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    })
    .replace(",", "");
}
