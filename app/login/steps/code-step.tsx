import { CodeForm } from "@/components/login/code-form";
import { DeliveryNotice } from "@/components/login/delivery-notice";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { lengthInWords } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { checkCode } from "../actions";
import { Meanwhile } from "./meanwhile";
import type { OpenStepProps } from "./open-step";

const CODE_INPUT = "code";

export function CodeStep({ verification, demo, maxChecks }: OpenStepProps) {
  const { to, country, messages, expiresAt, checksLeft } = verification;
  const { CODE_LENGTH } = env();
  const length = lengthInWords(CODE_LENGTH);
  return (
    <Step title="Enter the code we texted you" demo={demo}>
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={messages.at(-1) ?? messages[0]} what="code" />
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
      <Meanwhile verification={verification} at={now()} what="code" instead="link" inputId={CODE_INPUT} />
    </Step>
  );
}
