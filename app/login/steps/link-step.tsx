import { DeliveryNotice } from "@/components/login/delivery-notice";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { Waiting } from "@/components/login/waiting";
import { LocalTime } from "@/components/ui/local-time";
import { now } from "@/lib/clock";
import { Meanwhile } from "./meanwhile";
import type { OpenStepProps } from "./open-step";

export function LinkStep({ verification, demo }: OpenStepProps) {
  const { to, country, messages, expiresAt } = verification;
  return (
    <Step
      title="Open the link we texted you"
      lead="On whichever device you like. This page then goes on by itself, and this browser is signed in, not the one that opened the link."
      demo={demo}
    >
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={messages.at(-1) ?? messages[0]} what="link" />
      <Waiting again="/login" done="I have opened it">
        Works until <LocalTime at={expiresAt} seconds />, once.
      </Waiting>
      <Meanwhile verification={verification} at={now()} what="link" instead="code" />
    </Step>
  );
}
