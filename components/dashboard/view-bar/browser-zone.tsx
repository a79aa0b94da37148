"use client";

import { useSyncExternalStore } from "react";
import type { ViewParams } from "../../ui/view-url";
import { Choice, hereUrl } from "./links";
import { zoneName } from "./range-words";

const NEVER_CHANGES = () => () => undefined;

interface BrowserZoneProps {
  params: ViewParams;
  /** Zones that are offered anyway. */
  known: readonly string[];
}

/** The browser's own zone, which only it knows. */
export function BrowserZone({ params, known }: BrowserZoneProps) {
  const zone = useSyncExternalStore(
    NEVER_CHANGES,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
  if (!zone || known.includes(zone)) return null;
  return (
    <Choice href={hereUrl(params, { tz: zone })} current={false}>
      <span className="grow">{zoneName(zone)}</span>
      <span className="text-ink-soft">your browser’s</span>
    </Choice>
  );
}
