import { DeliveryNotice } from "@/components/login/delivery-notice";
import { InsteadForm } from "@/components/login/instead-form";
import { NumberSummary } from "@/components/login/number-summary";
import { ResendForm } from "@/components/login/resend-form";
import { Step } from "@/components/login/step";
import { Waiting } from "@/components/login/waiting";
import { LocalTime } from "@/components/ui/local-time";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { RefreshWhenChanged } from "@/components/ui/refresh-when-changed";
import { TextLink } from "@/components/ui/text-link";
import { now } from "@/lib/clock";
import { requestAnew, resend } from "../actions";
import { progressOf } from "../progress";
import { resendWait, sentCount, type OpenStepProps } from "./open-step";

export function LinkStep({ verification, demo }: OpenStepProps) {
  const { to, country, messages, expiresAt } = verification;
  const at = now();
  const newest = messages.at(-1) ?? messages[0];
  return (
    <Step
      title="Open the link we texted you"
      lead="On whichever device you like. This page then goes on by itself, and this browser is signed in, not the one that opened the link."
      demo={demo}
    >
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={newest} what="link" />
      <Waiting again="/login" done="I have opened it">
        Works until <LocalTime at={expiresAt} seconds />, once.
      </Waiting>
      <ResendForm
        action={resend}
        what="link"
        wait={resendWait(verification, at)}
        attempt={newest.attempt}
        count={sentCount(verification)}
        otherwise={
          <>
            No more links can be sent for this sign-in.{" "}
            <TextLink href="/login?step=number">Start again</TextLink>
          </>
        }
      />
      <InsteadForm action={requestAnew} instead="code" label="Get a code instead">
        {" or "}
        <TextLink href="/login/password">use a password</TextLink>
      </InsteadForm>
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
      <RefreshWhenChanged from="/login/state" state={progressOf(verification)} />
    </Step>
  );
}
