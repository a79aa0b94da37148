import { InsteadForm } from "@/components/login/instead-form";
import { ResendForm } from "@/components/login/resend-form";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { RefreshWhenChanged } from "@/components/ui/refresh-when-changed";
import { TextLink } from "@/components/ui/text-link";
import type { Verification } from "@/lib/verification/verification";
import { requestAnew, resend } from "../actions";
import { progressOf } from "../progress";
import type { SignInAction } from "../sign-in-action";

interface MeanwhileProps {
  verification: Verification;
  at: Date;
  /** What was sent. */
  what: SignInAction;
  /** What may be asked for in its place. */
  instead: SignInAction;
  /** Of the code's input. */
  inputId?: string;
}

/** What can be done while a message is waited for, and what the page looks for meanwhile. */
export function Meanwhile({ verification, at, what, instead, inputId }: MeanwhileProps) {
  const { messages, expiresAt } = verification;
  const newest = messages.at(-1) ?? messages[0];
  return (
    <>
      <ResendForm
        action={resend}
        what={what}
        inputId={inputId}
        wait={resendWait(verification, newest.requestedAt, at)}
        newest={newest.ordinal}
        count={messages.filter(({ status }) => status !== "refused").length}
        otherwise={
          <>
            No more {what}s can be sent for this sign-in.{" "}
            <TextLink href="/login?step=number">Start again</TextLink>
          </>
        }
      />
      <InsteadForm action={requestAnew} instead={instead} label={`Get a ${instead} instead`}>
        {" or "}
        <TextLink href="/login/password">use a password</TextLink>
      </InsteadForm>
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
      <RefreshWhenChanged from="/login/state" state={progressOf(verification)} />
    </>
  );
}

/** Until another message may be asked for, and how long the whole wait is; null when none will be sent any more. */
function resendWait({ resendAfter }: Verification, newestRequestedAt: Date, at: Date) {
  return (
    resendAfter && {
      ms: resendAfter.getTime() - at.getTime(),
      ofMs: resendAfter.getTime() - newestRequestedAt.getTime(),
    }
  );
}
