import type { ReactNode } from "react";
import type { MessageOutcome, MessageRow } from "@/lib/insights/reports/messages";
import { AWAITED, OUTCOMES } from "./words";

/** Shape and colour of each: a tick for what came back, a cross for what did not arrive, a ring for what is open. */
const MARKS: Record<MessageOutcome, { path: string; look: string }> = {
  confirmed: { path: "m3 8.5 3.25 3.25L13 5", look: "text-good" },
  late: { path: "m3 8.5 3.25 3.25L13 5", look: "text-watch" },
  error: { path: "m4.5 4.5 7 7m0-7-7 7", look: "text-bad" },
  refused: { path: "m4.5 4.5 7 7m0-7-7 7", look: "text-bad" },
  canceled: { path: "M4 8h8", look: "text-ink-mute" },
  delivered: { path: "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z", look: "text-ink-soft" },
  in_flight: { path: "M3.5 8h.1m4.35 0h.1m4.35 0h.1", look: "text-ink-soft" },
  unknown: {
    path: "M6 6.2a2 2 0 1 1 2.9 1.75c-.6.35-.9.7-.9 1.35M8 11.9v.1",
    look: "text-watch",
  },
};

interface OutcomeProps {
  message: Pick<MessageRow, "outcome" | "requestedAt">;
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
  /** In place of the word, where more is known. */
  children?: ReactNode;
}

/** What became of a message: a mark and a word. */
export function Outcome({ message: { outcome, requestedAt }, matureUntil, children }: OutcomeProps) {
  const { path, look } = MARKS[outcome];
  const awaited = outcome === "delivered" && requestedAt >= matureUntil;
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        width="16"
        height="16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={`shrink-0 ${look}`}
      >
        <path d={path} />
      </svg>
      {children ?? (awaited ? AWAITED : OUTCOMES[outcome])}
    </span>
  );
}
