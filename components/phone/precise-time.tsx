"use client";

import { useZone } from "./zone";

/** A time of day to the tenth of a second, as in `10:41:08.2`. */
export function PreciseTime({ at }: { at: string }) {
  const text = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 1,
    timeZone: useZone() ?? "UTC",
  }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
}
