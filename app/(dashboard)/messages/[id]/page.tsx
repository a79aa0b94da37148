import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { validate } from "uuid";
import { Closed } from "@/components/dashboard/closed";
import { Panel } from "@/components/dashboard/panel";
import { formatDay } from "@/components/dashboard/moments";
import { offsetWords } from "@/components/dashboard/view-bar/range-words";
import { viewUrl, type ViewParams } from "@/components/ui/view-url";
import { feedbackFault } from "@/components/messages/feedback-words";
import { MessageTable } from "@/components/messages/message-table";
import { NoRetry } from "@/components/messages/no-retry";
import { Outcome } from "@/components/messages/outcome";
import { RetryForm } from "@/components/messages/retry-form";
import { Timeline } from "@/components/messages/timeline";
import { ACTIONS, ordinal } from "@/components/messages/words";
import { Flag } from "@/components/ui/flag";
import { countryName, formatMoney } from "@/components/ui/format";
import { isOperator, mayReadDashboard } from "@/lib/account/access";
import { now } from "@/lib/clock";
import { matureUntil } from "@/lib/insights/asking/tallies";
import { readMessage, readMessagesOf, type MessageRow } from "@/lib/insights/reports/messages";
import { errorWords } from "@/lib/messaging/error-codes";
import { currentViewer } from "@/app/cookies/session";
import { retry } from "../../feedback/actions";
import { isBad, viewOf } from "../../view";

export const metadata: Metadata = { title: "Message · OTP Insights" };

export default async function MessagePage({ params: path, searchParams }: PageProps<"/messages/[id]">) {
  const viewer = await currentViewer();
  if (!mayReadDashboard(viewer)) return <Closed signedIn={viewer !== null} />;
  const [{ id }, params] = await Promise.all([path, searchParams]);
  const message = validate(id) ? await readMessage(id) : null;
  if (!message) notFound();
  const view = viewOf(params);
  const tz = isBad(view) ? "UTC" : view.query.range.tz;
  const all = await readMessagesOf(message.verificationId);
  const others = all.filter((other) => other.id !== message.id);
  const { feedback } = message;
  const fault = feedback?.error ? feedbackFault(feedback.error, errorWords) : null;
  return (
    <div className="mx-auto flex w-full max-w-[60rem] flex-col gap-6 px-4 py-6 sm:px-6">
      <div>
        <Link
          href={viewUrl("/messages", params)}
          prefetch={false}
          className="rounded-[2px] text-13 text-ink-soft underline decoration-line underline-offset-4 hover:text-ink print:hidden"
        >
          All messages
        </Link>
        <h1 className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-20 font-semibold tracking-tight">
          Message to {message.to} <Flag country={message.country} />
          <span className="text-14 font-normal">
            <Outcome message={message} settled={matureUntil()} />
          </span>
        </h1>
      </div>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <Panel
          id="timeline"
          title="What became of it"
          note={`${formatDay(message.requestedAt, tz, now())}, times in ${offsetWords(tz, message.requestedAt)}`}
        >
          <Timeline message={message} tz={tz} settled={matureUntil()} feedbackFault={fault} />
          {feedback && feedback.state !== "reported" && (
            <div className="border-t border-line pt-3">
              {isOperator(viewer) ? (
                <RetryForm action={retry} fields={{ message: message.id }}>
                  Tell Twilio again
                </RetryForm>
              ) : (
                <NoRetry signedIn={viewer !== null} />
              )}
            </div>
          )}
        </Panel>
        <Panel id="facts" title="The message">
          <Facts message={message} of={all.length} params={params} />
        </Panel>
      </div>
      {others.length > 0 && (
        <Panel id="others" title="Other messages of this login" note="newest first" flush>
          <MessageTable
            rows={others}
            caption="Other messages of this login, newest first"
            tz={tz}
            at={now()}
            settled={matureUntil()}
            params={params}
          />
        </Panel>
      )}
    </div>
  );
}

interface FactsProps {
  message: MessageRow;
  /** How many messages its verification has. */
  of: number;
  params: ViewParams;
}

function Facts({ message, of, params }: FactsProps) {
  const { country, network, block, action, attempt, sid, status, price, priceUnit, segments } = message;
  const filtered = (change: Record<string, string>) => viewUrl("/messages", params, change);
  const facts: [string, React.ReactNode][] = [
    ["Country", <Only key="country" href={filtered({ country })} words={countryName(country)} />],
    [
      "Network",
      <Only
        key="network"
        href={filtered({ network: network ?? "unknown" })}
        words={network ?? "Not known"}
      />,
    ],
    ["Block", <Only key="block" href={filtered({ block })} words={`${block}…`} />],
    ["Action", ACTIONS[action]],
    ["Which of its login", of === 1 ? "The only one" : `${ordinal(attempt)} of ${of}`],
    ["Status", status ? status.charAt(0).toUpperCase() + status.slice(1) : "–"],
    ["Price", price === null || !priceUnit ? "Not known yet" : formatMoney(price, priceUnit)],
    ["Segments", segments ?? "–"],
    [
      "SID",
      sid ? (
        <code key="sid" className="font-mono text-12 break-all">
          {sid}
        </code>
      ) : (
        "–"
      ),
    ],
  ];
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-2 text-13">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A fact that leads to the messages that share it. */
function Only({ href, words }: { href: string; words: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-[2px] underline decoration-line underline-offset-4 hover:decoration-edge"
    >
      {words}
    </Link>
  );
}
