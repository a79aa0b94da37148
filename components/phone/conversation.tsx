"use client";

import { Fragment } from "react";
import { Bubble, CallNote } from "./bubble";
import type { Entry } from "./phone-view";
import { useZone } from "./zone";
import { DAY } from "@/lib/terms/durations";

interface ConversationProps {
  /** Newest first. */
  entries: Entry[];
  /** When the page was made, ISO 8601: what today is. */
  now: string;
}

/** The conversation of a handset, by day in the reader's own zone. */
export function Conversation({ entries, now }: ConversationProps) {
  const zone = useZone();
  const timeZone = zone ?? "UTC";
  const dayOf = (at: string) => new Date(at).toLocaleDateString("en-CA", { timeZone });
  const newest = entries.find((entry) => entry.kind === "message" && entry.direction === "received");
  return (
    // Reversed twice: newest first in the document, as new ones are announced, and at the bottom for the eye, in view.
    <div
      role="log"
      aria-label="Messages"
      tabIndex={0}
      className="flex min-h-0 grow flex-col-reverse gap-3 overflow-y-auto overscroll-contain px-3 py-3 focus-visible:-outline-offset-2"
    >
      {entries.map((entry, index) => {
        const { at, sid } = entry;
        const older = entries[index + 1];
        const time = `${timeOf(at, timeZone)}${zone ? "" : " UTC"}`;
        return (
          <Fragment key={sid}>
            {entry.kind === "call" ? (
              <CallNote entry={entry} time={time} />
            ) : (
              <Bubble entry={entry} time={time} newest={entry === newest} />
            )}
            {(!older || dayOf(older.at) !== dayOf(at)) && (
              <p className="pt-1 text-center text-12 text-ink-soft">
                <Day day={dayOf(at)} today={dayOf(now)} />
              </p>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

function timeOf(at: string, timeZone: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
}

/** @param props.day and `today` as in `2026-11-23` */
function Day({ day, today }: { day: string; today: string }) {
  const days = (Date.parse(today) - Date.parse(day)) / DAY;
  if (days === 0) return <b className="font-semibold">Today</b>;
  if (days === 1) return "Yesterday";
  return new Date(day).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "long",
    year: days > 300 ? "numeric" : undefined,
  });
}
