import type { Metadata } from "next";
import Link from "next/link";
import { validate } from "uuid";
import { Panel } from "@/components/dashboard/panel";
import { formatDay } from "@/components/dashboard/moments";
import { offsetWords } from "@/components/dashboard/view-bar/range-words";
import { CopyText } from "@/components/messages/copy-text";
import { Callbacks, Checks } from "@/components/messages/evidence";
import { feedbackFault } from "@/components/messages/feedback-words";
import { MessageTable } from "@/components/messages/message-table";
import { NoRetry } from "@/components/messages/no-retry";
import { Outcome } from "@/components/messages/outcome";
import { RetryForm } from "@/components/messages/retry-form";
import { supportText } from "@/components/messages/support-text";
import { Timeline } from "@/components/messages/timeline";
import { Flag } from "@/components/ui/flag";
import { formatNumbersOf } from "@/components/ui/phone-number";
import type { StateLine } from "@/components/ui/place-badge";
import { senderForSupport } from "@/components/ui/sent-words";
import { viewUrl, type ViewParams } from "@/components/ui/view-url";
import { now } from "@/lib/clock";
import { matureUntil } from "@/lib/insights/counting/maturity";
import { readMessageEvidence, type MessageEvidence } from "@/lib/insights/reports/message-evidence";
import { readMessage, type LoggedMessage } from "@/lib/insights/reports/messages";
import { notThere } from "@/app/not-there";
import { forReaders, type Reader } from "../../dashboard-page";
import { retry } from "../../feedback/actions";
import { readStateLines } from "../../states";
import { viewOf } from "../../view";
import { Facts } from "./facts";

export const metadata: Metadata = { title: "Message · OTP Insights" };

export default function MessagePage({ params, searchParams }: PageProps<"/messages/[id]">) {
  return forReaders(async (reader) => {
    const { id } = await params;
    const forEverybody = !reader.operator;
    const found = validate(id) ? await readMessage(id, { forEverybody }) : null;
    if (!found) return notThere();
    const evidence = await readMessageEvidence(id, { whole: reader.operator });
    // The message is there whatever the view: that is only where its links lead, and whose clock it is told by.
    const view = viewOf(await searchParams);
    const { tz } = view.query.range;
    const states = await readStateLines([found.message], { forEverybody, tz });
    return (
      <Message
        {...found}
        evidence={evidence}
        state={states(found.message)}
        tz={tz}
        params={view.params}
        reader={reader}
      />
    );
  });
}

interface MessageProps {
  message: LoggedMessage;
  /** All messages of its verification. */
  ofLogin: readonly LoggedMessage[];
  evidence: MessageEvidence;
  /** What becomes of messages there now. */
  state: StateLine;
  tz: string;
  params: ViewParams;
  reader: Reader;
}

function Message({ message, ofLogin, evidence, state, tz, params, reader }: MessageProps) {
  const others = ofLogin.filter((other) => other.id !== message.id);
  const { feedback } = message;
  const support = supportText(message, { sender: senderForSupport(message.sender), others });
  const fault = feedback?.error ? feedbackFault(feedback.error) : null;
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
          Message to {formatNumbersOf(message.block)} <Flag country={message.country} />
          <span className="text-14 font-normal">
            <Outcome message={message} matureUntil={matureUntil()} />
          </span>
        </h1>
      </div>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <div className="flex flex-col gap-6">
          <Panel
            id="timeline"
            title="What became of it"
            note={`${formatDay(message.requestedAt, tz, now())}, times in ${offsetWords(tz, message.requestedAt)}`}
          >
            <Timeline message={message} tz={tz} matureUntil={matureUntil()} feedbackFault={fault} />
            {feedback && feedback.state !== "reported" && (
              <div className="border-t border-line pt-3">
                {reader.operator ? (
                  <RetryForm action={retry} fields={{ message: message.id }}>
                    Tell Twilio again
                  </RetryForm>
                ) : (
                  <NoRetry signedIn={reader.signedIn} />
                )}
              </div>
            )}
          </Panel>
          <Panel id="checks" title="Checks" note="of its verification, as they were evaluated">
            <Checks checks={evidence.checks} message={message} tz={tz} />
          </Panel>
          <Panel id="callbacks" title="Twilio’s callbacks" note="as they came">
            <Callbacks callbacks={evidence.callbacks} tz={tz} />
          </Panel>
        </div>
        <Panel
          id="facts"
          title="The message"
          actions={<CopyText text={support}>Copy for Twilio support</CopyText>}
        >
          <Facts message={message} of={ofLogin.length} params={params} state={state} />
          <details className="mt-3 border-t border-line pt-3 text-13 print:hidden">
            <summary className="cursor-pointer text-ink-soft">What Twilio’s support asks for</summary>
            <pre className="mt-2 overflow-x-auto rounded-6 bg-wash p-3 font-mono text-12 whitespace-pre-wrap">
              {support}
            </pre>
          </details>
        </Panel>
      </div>
      {others.length > 0 && (
        <Panel id="others" title="Other messages of this sign-in" note="newest first" flush>
          <MessageTable
            rows={others}
            caption="Other messages of this sign-in, newest first"
            tz={tz}
            at={now()}
            matureUntil={matureUntil()}
            params={params}
            toOneNumber
          />
        </Panel>
      )}
    </div>
  );
}
