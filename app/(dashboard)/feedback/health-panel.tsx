import Link from "next/link";
import type { ReactNode } from "react";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl, type ParamChange } from "@/components/ui/view-url";
import { NoRetry } from "@/components/messages/no-retry";
import { RetryForm } from "@/components/messages/retry-form";
import { formatCount, formatCoverage, formatDuration, formatWait } from "@/components/ui/format";
import type { FeedbackReport } from "@/lib/insights/reports/feedback";
import { SECOND } from "@/lib/terms/durations";
import { LATE_SECONDS } from "@/lib/terms/limits";
import type { Reader } from "../dashboard-page";
import { feedbackOf } from "../reports";
import type { View } from "../view";
import { retry } from "./actions";

/** Whether Twilio knows of every confirmed message, how soon, and what waits. */
export async function HealthPanel({ view, reader }: { view: View; reader: Reader }) {
  const report = await feedbackOf(view);
  const { confirmed, reported, coverage, lag, backlog } = report;
  const waiting = backlog.pending + backlog.retrying;
  const links = linksOf(view, report);
  return (
    <Panel
      id="feedback"
      title="Feedback"
      note="whether Twilio was told of every confirmed message"
      api={apiUrl("feedback", view.params, { without: ["compare"] })}
      flush
    >
      <p className="px-4 pb-4 text-16">{inWords(report, links)}</p>
      <dl className="grid grid-cols-2 border-t border-line sm:grid-cols-6 lg:grid-cols-5">
        <Figure name="Coverage" value={formatCoverage(coverage)}>
          <To href={links.reported}>{formatCount(reported)}</To> of{" "}
          <To href={links.confirmed}>{formatCount(confirmed)}</To> confirmed
        </Figure>
        <Figure name="Lag, median" value={formatDuration(lag.p50)}>
          from confirmation to Twilio
        </Figure>
        <Figure name="Lag, 95 of 100" value={formatDuration(lag.p95)}>
          {lag.n > 0 ? `of the newest ${formatCount(lag.n)}` : "nothing was reported yet"}
        </Figure>
        <Figure
          name="Waiting"
          value={waiting > 0 ? <To href={links.waiting}>{formatCount(waiting)}</To> : "0"}
        >
          {waiting === 0
            ? "nothing, of all time"
            : `${formatCount(backlog.retrying)} tried before${backlog.oldestSeconds === null ? "" : `; oldest ${formatWait(backlog.oldestSeconds)}`}`}
        </Figure>
        <Figure
          name="Refused"
          value={backlog.refused > 0 ? <To href={links.refused}>{formatCount(backlog.refused)}</To> : "0"}
        >
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

interface Links {
  confirmed: string;
  reported: string;
  missing: string;
  waiting: string;
  refused: string;
}

/** Each figure's messages. What waits is of all time, so that its range begins with the oldest. */
function linksOf({ params, at }: View, { backlog }: FeedbackReport): Links {
  const to = (change: ParamChange) => viewUrl("/messages", params, change);
  const oldest = new Date(at.getTime() - ((backlog.oldestSeconds ?? 0) + LATE_SECONDS) * SECOND);
  return {
    confirmed: to({ confirmed: "true" }),
    reported: to({ feedback: "reported" }),
    missing: to({ unreported: "true" }),
    waiting: to({
      feedback: ["pending", "retrying"],
      range: null,
      from: oldest.toISOString(),
      to: null,
      live: null,
    }),
    refused: to({ feedback: "refused" }),
  };
}

function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
    >
      {children}
    </Link>
  );
}

/** The finding, in a sentence. */
function inWords({ confirmed, reported, lag, backlog }: FeedbackReport, links: Links): ReactNode {
  if (confirmed === 0) return "No message of this range was confirmed, so there is nothing to tell Twilio.";
  const waiting = backlog.pending + backlog.retrying;
  const open = [
    waiting > 0 && `${formatCount(waiting)} wait${waiting === 1 ? "s" : ""}`,
    backlog.refused > 0 && `Twilio refused ${formatCount(backlog.refused)}`,
  ].filter(Boolean);
  const missing = confirmed - reported;
  const soon = lag.p50 === null ? "" : `, half of them within ${formatDuration(lag.p50)}`;
  return (
    <>
      Twilio knows of all{" "}
      {missing > 0 && (
        <>
          but <To href={links.missing}>{formatCount(missing)}</To> of the{" "}
        </>
      )}
      {formatCount(confirmed)} confirmed messages{soon}
      {open.length > 0 && `; ${open.join(" and ")}`}.
    </>
  );
}

/** Of five figures, that no line has a hole: on phones one and two pairs, on tablets three and two, else all in one row. */
const SPANS = "max-sm:first:col-span-2 sm:max-lg:col-span-2 sm:max-lg:nth-[n+4]:col-span-3";

function Figure({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={`flex flex-col gap-0.5 px-4 py-3 ${SPANS}`}>
      <dt className="text-13 text-ink-soft">{name}</dt>
      <dd className="text-28 font-medium tracking-tight">{value}</dd>
      <dd className="text-12 text-ink-soft">{children}</dd>
    </div>
  );
}
