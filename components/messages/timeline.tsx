import type { LoggedMessage } from "@/lib/insights/reports/messages";
import { formatSpan } from "../ui/format";
import { OUTCOMES } from "@/lib/terms/statuses";
import { AWAITED } from "./words";

interface TimelineProps {
  message: LoggedMessage;
  tz: string;
  /** What was requested before this can no longer be confirmed in time. */
  matureUntil: Date;
  /** Why feedback was not taken, in words. */
  feedbackFault: string | null;
}

interface Step {
  what: string;
  /** Null for what has not happened. */
  at: Date | null;
  detail?: string;
  look: "done" | "bad" | "open";
}

/** What became of a message, step by step, each with its time since the one before. */
export function Timeline({ message, tz, matureUntil, feedbackFault }: TimelineProps) {
  const steps = stepsOf(message, matureUntil, feedbackFault);
  const times = steps.map(({ at }) => at);
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (
    <ol className="flex flex-col">
      {steps.map(({ what, at, detail, look }, i) => {
        const before = times.slice(0, i).findLast((moment) => moment !== null);
        return (
          <li key={what} className="group grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3">
            <span aria-hidden="true" className="flex flex-col items-center">
              <Mark look={look} />
              <span className="w-px grow bg-line group-last:hidden" />
            </span>
            <span className="pb-4">
              <span
                className={
                  look === "bad" ? "font-medium text-bad" : look === "open" ? "text-ink-soft" : "font-medium"
                }
              >
                {what}
              </span>
              {detail && <span className="block text-13 text-ink-soft">{detail}</span>}
            </span>
            <span className="pb-3 text-right text-13">
              {at && <time dateTime={at.toISOString()}>{time.format(at)}</time>}
              {at && before && <span className="block text-12 text-ink-soft">+{formatSpan(before, at)}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ look }: { look: Step["look"] }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="20" className="shrink-0">
      {look === "done" && <circle cx="8" cy="10" r="4" className="fill-ink" />}
      {look === "bad" && (
        <path d="m4 6 8 8m0-8-8 8" fill="none" className="stroke-bad" strokeWidth="2" strokeLinecap="round" />
      )}
      {look === "open" && (
        <circle cx="8" cy="10" r="3.5" fill="none" className="stroke-edge" strokeWidth="1.5" />
      )}
    </svg>
  );
}

function stepsOf(message: LoggedMessage, matureUntil: Date, feedbackFault: string | null): Step[] {
  const { requestedAt, acceptedAt, sentAt, deliveredAt, confirmedAt } = message;
  const steps: Step[] = [
    { what: "Requested", at: requestedAt, look: "done" },
    acceptance(message),
    ...(sentAt ? [{ what: "Sent to the carrier", at: sentAt, look: "done" } as const] : []),
    ...delivery(message),
    ...answer(message, matureUntil),
    ...feedback(message, feedbackFault),
  ];
  if (!acceptedAt && !confirmedAt && !deliveredAt) return steps;
  // Receipts and answers cross: what is known is shown in the order it happened, what is open after it.
  return steps.sort((a, b) => (a.at?.getTime() ?? Infinity) - (b.at?.getTime() ?? Infinity) || 0);
}

function acceptance({ acceptedAt, refusedAt, errorCode, errorWords }: LoggedMessage): Step {
  if (refusedAt)
    return { what: "Refused by Twilio", at: refusedAt, detail: withCode(errorWords, errorCode), look: "bad" };
  if (acceptedAt) return { what: "Accepted by Twilio", at: acceptedAt, look: "done" };
  return {
    what: "Twilio’s answer has not come",
    at: null,
    detail: "Whether it was sent is not known.",
    look: "open",
  };
}

function delivery({ status, sid, deliveredAt, failedAt, errorCode, errorWords }: LoggedMessage): Step[] {
  if (sid === null) return [];
  const failed: Step[] = failedAt
    ? [{ what: "Not delivered", at: failedAt, detail: withCode(errorWords, errorCode), look: "bad" }]
    : [];
  if (deliveredAt) return [...failed, { what: "Delivered", at: deliveredAt, look: "done" }];
  if (failed.length > 0) return failed;
  if (status === "failed" || status === "undelivered") {
    return [{ what: "Not delivered", at: null, detail: withCode(errorWords, errorCode), look: "bad" }];
  }
  if (status === "canceled") return [{ what: "Canceled before it was sent", at: null, look: "bad" }];
  return [
    {
      what: "No delivery receipt",
      at: null,
      detail: `Its status is ${status ?? "not known"}.`,
      look: "open",
    },
  ];
}

function answer({ confirmedAt, late, sid, requestedAt }: LoggedMessage, matureUntil: Date): Step[] {
  if (confirmedAt) {
    const detail = late ? "After its expiry: nobody was let in." : undefined;
    return [{ what: late ? "Confirmed late" : "Confirmed", at: confirmedAt, detail, look: "done" }];
  }
  if (sid === null) return [];
  return [{ what: requestedAt >= matureUntil ? AWAITED : OUTCOMES.delivered, at: null, look: "open" }];
}

function feedback({ feedback: told }: LoggedMessage, fault: string | null): Step[] {
  if (!told) return [];
  const tries = told.tries === 1 ? "1 try" : `${told.tries} tries`;
  switch (told.state) {
    case "reported":
      return [
        { what: "Twilio told: confirmed", at: told.reportedAt, detail: `After ${tries}.`, look: "done" },
      ];
    case "refused":
      return [
        {
          what: "Twilio refused the feedback",
          at: null,
          detail: `${fault ?? ""}, after ${tries}.`,
          look: "bad",
        },
      ];
    case "retrying":
      return [
        {
          what: "Twilio not told yet",
          at: null,
          detail: `${fault ?? ""}, after ${tries}. It goes on.`,
          look: "open",
        },
      ];
    case "pending":
      return [{ what: "Twilio not told yet", at: null, detail: "It is next.", look: "open" }];
  }
}

function withCode(words: string | null, code: number | null): string | undefined {
  return words === null ? undefined : `${words} (${code})`;
}
