import { FinishForm } from "@/components/login/finish-form";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { TEXT_LINK } from "@/components/ui/text-link";
import { finishSignIn, startOver } from "../actions";
import type { OpenStepProps } from "./open-step";

/** Confirmed, and this browser not signed in yet: a page may set no cookie, so a form does. */
export function FinishStep({ verification: { to, country }, demo }: OpenStepProps) {
  return (
    <Step
      title="Your number is confirmed"
      lead="One step is left: this browser is being signed in."
      demo={demo}
    >
      <NumberSummary number={to} country={country} />
      <FinishForm action={finishSignIn} />
      <form action={startOver} className="border-t border-line pt-6 text-13 text-ink-soft">
        Does it not go on?{" "}
        <button type="submit" className={TEXT_LINK}>
          Start again
        </button>
      </form>
    </Step>
  );
}
