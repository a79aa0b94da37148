/** Days of a zone. */

/** Whether a day of the zone begins at a moment: at its midnight, or at 01:00 where clocks skip that. */
export function beginsDay(moment: Date, tz: string): boolean {
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: tz, day: "numeric", month: "numeric" });
  return date.format(moment) !== date.format(moment.getTime() - 1);
}
