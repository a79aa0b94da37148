import { DeliveryNotice } from "@/components/login/delivery-notice";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { Waiting } from "@/components/login/waiting";
import { LocalTime } from "@/components/ui/local-time";
import { now } from "@/lib/clock";
import { Meanwhile } from "./meanwhile";
import type { OpenStepProps } from "./open-step";

/** Often enough to go on soon, and seldom enough to press a button meanwhile. */
const LOOK_SECONDS = 10;

export function LinkStep({ verification, demo }: OpenStepProps) {
  const { to, country, messages, expiresAt } = verification;
  return (
    <Step
      title="Open the link we texted you"
      lead="In this browser it signs you in at once. Anywhere else you are asked whether it was you; then this page goes on by itself, and this browser is signed in."
      demo={demo}
    >
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={messages.at(-1) ?? messages[0]} what="link" />
      <Waiting again="/login" done="I have opened it">
        Works until <LocalTime at={expiresAt} seconds />, once.
      </Waiting>
      {/* Where no script looks for news, the page itself is read anew. */}
      <noscript>
        <meta httpEquiv="refresh" content={`${LOOK_SECONDS}; url=/login`} />
      </noscript>
      <Meanwhile verification={verification} at={now()} what="link" instead="code" />
    </Step>
  );
}
