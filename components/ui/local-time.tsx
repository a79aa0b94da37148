"use client";

import { useSyncExternalStore } from "react";

const NEVER_CHANGES = () => () => undefined;

interface LocalTimeProps {
  at: Date;
  /** Whether to show seconds. */
  seconds?: boolean;
  /** Whether to show the day. */
  date?: boolean;
}

/** A time of day in the reader's own zone, which only the browser knows; before that, and without scripts, in UTC. */
export function LocalTime({ at, seconds = false, date = false }: LocalTimeProps) {
  const text = useSyncExternalStore(
    NEVER_CHANGES,
    () => format(at, seconds, date),
    () => `${format(at, seconds, date, "UTC")} UTC`,
  );
  return <time dateTime={at.toISOString()}>{text}</time>;
}

function format(at: Date, seconds: boolean, date: boolean, timeZone?: string): string {
  return at.toLocaleString("en-GB", {
    ...(date ? { day: "numeric", month: "short" } : {}),
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    timeZone,
  });
}
