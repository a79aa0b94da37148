/** What shows how a message came to be what it is: the checks of its verification, and Twilio's callbacks as they came. */
import type { EvaluatedCheck, ReceivedCallback } from "@/lib/insights/reports/message-evidence";
import type { CheckVerdict } from "@/lib/terms/statuses";
import { dateTime } from "./words";

const VERDICTS: Record<CheckVerdict, { words: string; right: boolean }> = {
  approved: { words: "Right", right: true },
  late_hit: { words: "Right, but after its expiry", right: true },
  miss: { words: "Wrong", right: false },
  late_miss: { words: "Wrong, and after its expiry", right: false },
};

interface ChecksProps {
  checks: readonly EvaluatedCheck[];
  /** That the page is of. */
  message: { id: string; confirmedAt: Date | null };
  tz: string;
}

/** The guesses that were evaluated. The secrets themselves are kept nowhere. */
export function Checks({ checks, message, tz }: ChecksProps) {
  if (checks.length === 0) {
    // One was confirmed by something: by an answer that is no check, or by one that is not kept.
    const words = message.confirmedAt ? "No check of it is kept." : "No check has been evaluated.";
    return <p className="text-13 text-ink-soft">{words}</p>;
  }
  return (
    <ol className="flex flex-col gap-2 text-13">
      {checks.map(({ at, verdict, messageId: of }, i) => {
        const { words, right } = VERDICTS[verdict];
        return (
          <li key={i} className="flex flex-wrap justify-between gap-x-3">
            <span className={right ? "font-medium" : "text-bad"}>
              {words}
              {of !== null && of !== message.id && (
                <span className="font-normal text-ink-soft">, with another message of this sign-in</span>
              )}
            </span>
            <time dateTime={at.toISOString()}>{dateTime(at, tz)}</time>
          </li>
        );
      })}
    </ol>
  );
}

interface CallbacksProps {
  callbacks: readonly ReceivedCallback[];
  tz: string;
}

/** Each with all that Twilio posted. */
export function Callbacks({ callbacks, tz }: CallbacksProps) {
  if (callbacks.length === 0) return <p className="text-13 text-ink-soft">No callback has been kept.</p>;
  return (
    <ol className="flex flex-col gap-2 text-13">
      {callbacks.map(({ receivedAt, parameters }, i) => (
        <li key={i}>
          <details className="group">
            <summary className="flex cursor-pointer flex-wrap justify-between gap-x-3 rounded-[2px]">
              <span className="font-medium underline decoration-line underline-offset-4">
                {parameters["MessageStatus"] ?? "Callback"}
                {parameters["ErrorCode"] !== undefined && ` ${parameters["ErrorCode"]}`}
              </span>
              <time dateTime={receivedAt.toISOString()}>{dateTime(receivedAt, tz)}</time>
            </summary>
            <dl className="mt-2 grid grid-cols-[10rem_minmax(0,1fr)] gap-y-1 rounded-6 bg-wash p-3 font-mono text-12 max-sm:grid-cols-1">
              {Object.entries(parameters).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-ink-soft">{name}</dt>
                  <dd className="break-all">{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}
