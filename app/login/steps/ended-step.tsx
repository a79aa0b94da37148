import { EndedForm } from "@/components/login/ended-form";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { refusalInWords } from "@/components/login/words";
import { Button } from "@/components/ui/button";
import { requestAnew, startOver } from "../actions";
import { signInAction } from "../sign-in-action";
import type { OpenStepProps } from "./open-step";

export function EndedStep({ verification: { status, action, to, country }, demo }: OpenStepProps) {
  const what = signInAction(action);
  const problem = status === "expired" || status === "canceled" ? status : "max_checks_reached";
  const words = refusalInWords({ problem }, what);
  return (
    <Step title={words.title.replace(/\.$/, "")} lead={words.remedy} demo={demo}>
      <NumberSummary number={to} country={country} />
      <EndedForm action={requestAnew} what={what} />
      <form action={startOver} className="text-center">
        <Button type="submit" size="small">
          Use another number
        </Button>
      </form>
    </Step>
  );
}
