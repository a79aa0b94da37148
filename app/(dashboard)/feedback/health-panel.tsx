import type { ReactNode } from "react";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl } from "@/components/ui/view-url";
import { NoRetry } from "@/components/messages/no-retry";
import { RetryForm } from "@/components/messages/retry-form";
import { formatCount, formatCoverage, formatDuration, formatWait } from "@/components/ui/format";
import type { FeedbackReport } from "@/lib/insights/reports/feedback";
import type { Reader } from "../dashboard-page";
import { feedbackOf } from "../reports";
import type { View } from "../view";
import { retry } from "./actions";

/** Whether Twilio knows of every confirmed message, how soon, and what waits. */
export async function HealthPanel({ view, reader }: { view: View; reader: Reader }) {
  const report = await feedbackOf(view);
  const { confirmed, reported, coverage, lag, backlog } = report;
  const waiting = backlog.pending + backlog.retrying;
  return (
    <Panel
      id="feedback"
      title="Feedback"
      note="whether Twilio was told of every confirmed message"
      api={apiUrl("feedback", view.params, { without: ["compare"] })}
      flush
    >
      <p className="px-4 pb-4 text-16">{inWords(report)}</p>
      <dl className="grid grid-cols-2 border-t border-line sm:grid-cols-3 lg:grid-cols-5">
        <Figure name="Coverage" value={formatCoverage(coverage)}>
          {formatCount(reported)} of {formatCount(confirmed)} confirmed
        </Figure>
        <Figure name="Lag, median" value={formatDuration(lag.p50)}>
          from confirmation to Twilio
        </Figure>
        <Figure name="Lag, 95 of 100" value={formatDuration(lag.p95)}>
          of the newest {formatCount(lag.n)}
        </Figure>
        <Figure name="Waiting" value={formatCount(waiting)}>
          {waiting === 0
            ? "nothing, of all time"
            : `${formatCount(backlog.retrying)} tried before${backlog.oldestSeconds === null ? "" : `; oldest ${formatWait(backlog.oldestSeconds)}`}`}
        </Figure>
        <Figure name="Refused" value={formatCount(backlog.refused)}>
          for good, of this range
        </Figure>
      </dl>
      {waiting > 0 && (
        <div className="border-t border-line px-4 py-3">
          {reader.operator ? (
            <RetryForm action={retry} fields={{ of: "waiting" }}>
              Try what waits now
            </RetryForm>
          ) : (
            <NoRetry signedIn={reader.signedIn} />
          )}
        </div>
      )}
    </Panel>
  );
}

/** The finding, in a sentence. */
function inWords({ confirmed, reported, lag, backlog }: FeedbackReport): string {
  if (confirmed === 0) return "No message of this range was confirmed, so there is nothing to tell Twilio.";
  const waiting = backlog.pending + backlog.retrying;
  const open = [
    waiting > 0 && `${formatCount(waiting)} wait${waiting === 1 ? "s" : ""}`,
    backlog.refused > 0 && `Twilio refused ${formatCount(backlog.refused)}`,
  ].filter(Boolean);
  const missing = confirmed - reported;
  const told = `Twilio knows of all ${missing === 0 ? "" : `but ${formatCount(missing)} of the `}${formatCount(confirmed)} confirmed messages`;
  const soon = lag.p50 === null ? "" : `, half of them within ${formatDuration(lag.p50)}`;
  return `${told}${soon}${open.length > 0 ? `; ${open.join(" and ")}` : ""}.`;
}

function Figure({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 px-4 py-3">
      <dt className="text-13 text-ink-soft">{name}</dt>
      <dd className="text-28 font-medium tracking-tight">{value}</dd>
      <dd className="text-12 text-ink-soft">{children}</dd>
    </div>
  );
}
