import type { ReactNode } from "react";
import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { OUTCOMES, type MessageOutcome } from "@/lib/terms/statuses";
import { Icon, type IconName } from "../ui/icon";
import { AWAITED } from "./words";

/** Shape and colour of each: a tick for what came back, a cross for what did not arrive, a ring for what is open. */
const MARKS: Record<MessageOutcome, { icon: IconName; look: string }> = {
  confirmed: { icon: "check", look: "text-good" },
  late: { icon: "check", look: "text-watch" },
  error: { icon: "cross", look: "text-bad" },
  refused: { icon: "cross", look: "text-bad" },
  canceled: { icon: "dash", look: "text-ink-mute" },
  delivered: { icon: "ring", look: "text-ink-soft" },
  in_flight: { icon: "dots", look: "text-ink-soft" },
  unknown: { icon: "question", look: "text-watch" },
};

interface OutcomeProps {
  message: Pick<LoggedMessage, "outcome" | "requestedAt">;
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
  /** In place of the word, where more is known. */
  children?: ReactNode;
}

/** What became of a message: a mark and a word. */
export function Outcome({ message: { outcome, requestedAt }, matureUntil, children }: OutcomeProps) {
  const { icon, look } = MARKS[outcome];
  const awaited = outcome === "delivered" && requestedAt >= matureUntil;
  return (
    <span className="inline-flex items-center gap-1.5 align-top">
      <Icon name={icon} className={look} />
      {children ?? <span className="whitespace-nowrap">{awaited ? AWAITED : OUTCOMES[outcome]}</span>}
    </span>
  );
}
