import { CodeForm } from "@/components/login/code-form";
import { DeliveryNotice } from "@/components/login/delivery-notice";
import { InsteadForm } from "@/components/login/instead-form";
import { NumberSummary } from "@/components/login/number-summary";
import { ResendForm } from "@/components/login/resend-form";
import { Step } from "@/components/login/step";
import { lengthInWords } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { RefreshWhenChanged } from "@/components/ui/refresh-when-changed";
import { TextLink } from "@/components/ui/text-link";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { checkCode, requestAnew, resend } from "../actions";
import { progressOf } from "../progress";
import { resendWait, sentCount, type OpenStepProps } from "./open-step";

const CODE_INPUT = "code";

export function CodeStep({ verification, demo, maxChecks }: OpenStepProps) {
  const { to, country, messages, expiresAt, checksLeft } = verification;
  const { CODE_LENGTH } = env();
  const at = now();
  const newest = messages.at(-1) ?? messages[0];
  const length = lengthInWords(CODE_LENGTH);
  return (
    <Step title="Enter the code we texted you" demo={demo}>
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={newest} what="code" />
      <CodeForm
        action={checkCode}
        id={CODE_INPUT}
        label={`${length[0]?.toUpperCase()}${length.slice(1)}-digit code`}
        hint={
          <>
            Works until <LocalTime at={expiresAt} seconds />. Spaces and dashes don’t matter.
          </>
        }
        length={CODE_LENGTH}
        checksLeft={checksLeft}
        maxChecks={maxChecks}
      />
      <ResendForm
        action={resend}
        what="code"
        inputId={CODE_INPUT}
        wait={resendWait(verification, at)}
        attempt={newest.attempt}
        count={sentCount(verification)}
        otherwise={
          <>
            No more codes can be sent for this sign-in.{" "}
            <TextLink href="/login?step=number">Start again</TextLink>
          </>
        }
      />
      <InsteadForm action={requestAnew} instead="link" label="Get a link instead">
        {" or "}
        <TextLink href="/login/password">use a password</TextLink>
      </InsteadForm>
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
      <RefreshWhenChanged from="/login/state" state={progressOf(verification)} />
    </Step>
  );
}
