import type { EventName } from "@/lib/terms/events";

/** A form has no name twice: each event has its own. */
export function eventField(event: EventName): string {
  return `event-${event}`;
}
