import { ReplyForm } from "@/components/account/reply-form";
import { Confirmed } from "@/components/login/confirmed";
import { DeliveryNotice } from "@/components/login/delivery-notice";
import { Waiting } from "@/components/login/waiting";
import { Icon } from "@/components/ui/icon";
import { LocalTime } from "@/components/ui/local-time";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { RefreshWhenChanged } from "@/components/ui/refresh-when-changed";
import { TextLink } from "@/components/ui/text-link";
import { now } from "@/lib/clock";
import { simulated } from "@/lib/env";
import type { Verification } from "@/lib/verification/verification";
import { progressOf } from "../login/progress";
import { requestReply } from "./actions";

/** The feedback is under way for a moment: then the page looks again. */
const LOOK_MS = 1_000;

/** A confirmation by reply, from the question to the answer; `null` before one was asked for. */
export function Reply({ verification }: { verification: Verification | null }) {
  const status = verification?.status;
  return (
    <>
      {/* Always there, so that a change in it is announced. */}
      <div role="status" className="empty:hidden">
        {status === "approved" && (
          <p className="flex gap-2 font-medium text-good">
            <Icon name="check" className="mt-0.5" /> Your reply came. This number is confirmed.
          </p>
        )}
        {status === "expired" && <p>No reply came in time. You can ask for another message.</p>}
      </div>
      {verification && status === "approved" && <Answered verification={verification} />}
      {verification && status === "pending" && <Open verification={verification} />}
      {status !== "pending" && (
        <>
          <p className="text-ink-soft">
            We text this number, and you answer YES or call us. Nobody is signed in by a reply.
          </p>
          <ReplyForm action={requestReply} label={status ? "Send another message" : "Send me a message"} />
        </>
      )}
    </>
  );
}

function Open({ verification }: { verification: Verification }) {
  const { expiresAt, messages } = verification;
  const at = now();
  return (
    <>
      <DeliveryNotice message={messages.at(-1) ?? messages[0]} what="message" />
      <Waiting again="/account" done="I have replied">
        Reply YES to our message, or call the number it came from, until <LocalTime at={expiresAt} seconds />.
        {simulated() && (
          <>
            {" "}
            The <TextLink href="/phone">demo phone</TextLink> can do both.
          </>
        )}
      </Waiting>
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
      <RefreshWhenChanged from="/account/state" state={progressOf(verification)} />
    </>
  );
}

function Answered({ verification }: { verification: Verification }) {
  const message = verification.messages.find(({ confirmedAt }) => confirmedAt) ?? verification.messages[0];
  return (
    <>
      <Confirmed verification={verification} message={message} />
      {message.feedback?.state === "pending" && <RefreshAfter ms={LOOK_MS} since={now()} />}
    </>
  );
}
