import type { ReactNode } from "react";
import { EVENTS, type EventName, type Severity, type TargetKind } from "@/lib/terms/events";
import { LocalTime } from "../ui/local-time";

/** The words of a kind, and of what is told by it. */
export const KIND_WORDS: Record<TargetKind, string> = { webhook: "Webhook", slack: "Slack", email: "E-mail" };

/** What of a severity and worse is told, in words. */
export const LEAST_WORDS: Record<Severity, string> = {
  info: "everything",
  warning: "warnings and what is critical",
  critical: "only what is critical",
};

export interface TargetLine {
  id: string;
  kind: TargetKind;
  target: string;
  events: readonly EventName[];
  minSeverity: Severity;
  quiet: { from: string; to: string; tz: string } | null;
  failures: number;
  log: readonly DeliveryLine[];
  /** What can be done with it. */
  actions: ReactNode;
}

interface DeliveryLine {
  id: string;
  title: string;
  type: string;
  writtenAt: Date;
  error: string | null;
  deliveredAt: Date | null;
  givenUpAt: Date | null;
}

/** Who is told, of what, and what they were told. */
export function Targets({ lines }: { lines: readonly TargetLine[] }) {
  return (
    <ul aria-label="Who is told" className="flex flex-col">
      {lines.map(({ id, kind, target, events, minSeverity, quiet, failures, log, actions }) => (
        <li key={id} className="flex flex-col gap-1 border-line px-4 py-3 not-last:border-b">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <strong className="font-semibold">{KIND_WORDS[kind]}</strong>
            <span className="min-w-0 font-mono text-12 wrap-anywhere">{target}</span>
            {failures > 0 && (
              <span className="text-13 font-medium text-bad">
                does not answer: {failures} {failures === 1 ? "try" : "tries"} failed
              </span>
            )}
            <div className="ml-auto">{actions}</div>
          </div>
          <p className="text-13 text-ink-soft">
            Of {events.map((event) => EVENTS[event].short).join(", ")}: {LEAST_WORDS[minSeverity]}
            {quiet && `; from ${quiet.from} to ${quiet.to} in ${quiet.tz} ${LEAST_WORDS.critical}`}.
          </p>
          <Log lines={log} />
        </li>
      ))}
    </ul>
  );
}

function Log({ lines }: { lines: readonly DeliveryLine[] }) {
  if (lines.length === 0) return <p className="text-13 text-ink-soft">Nothing was to be told yet.</p>;
  return (
    <details className="text-13">
      <summary className="w-fit rounded-[2px] font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
        What was told
      </summary>
      <ol className="mt-2 flex flex-col gap-1">
        {lines.map(({ id, title, type, writtenAt, error, deliveredAt, givenUpAt }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span className="text-ink-soft">
              <LocalTime at={writtenAt} date />
            </span>
            <span className="font-mono text-12">{type}</span>
            <span>{title}</span>
            <span className={deliveredAt ? "text-good" : givenUpAt ? "text-bad" : "text-watch"}>
              {deliveredAt
                ? "delivered"
                : givenUpAt
                  ? `given up: ${error}`
                  : error
                    ? `waits: ${error}`
                    : "waits"}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
