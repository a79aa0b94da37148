"use client";

import { useSyncExternalStore } from "react";
import { shortcutsOn, turnShortcuts, watchShortcuts } from "./view-bar/shortcuts";

/** Turns the keys off and on; without scripts there are none. */
export function ShortcutSwitch() {
  const on = useSyncExternalStore<boolean | null>(watchShortcuts, shortcutsOn, () => null);
  if (on === null) return null;
  return (
    <label className="mt-3 flex w-fit items-center gap-2">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => turnShortcuts(event.target.checked)}
        className="size-4 accent-accent"
      />
      Use these keys
    </label>
  );
}
