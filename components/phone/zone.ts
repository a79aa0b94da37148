"use client";

import { useSyncExternalStore } from "react";

const NEVER_CHANGES = () => () => undefined;

/** The reader's time zone, which only the browser knows; null before that, and without scripts: then times are in UTC. */
export function useZone(): string | null {
  return useSyncExternalStore(
    NEVER_CHANGES,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}
