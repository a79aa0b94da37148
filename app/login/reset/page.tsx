import { headers } from "next/headers";
import { NewPasswordForm } from "@/components/login/new-password-form";
import { NumberForm } from "@/components/login/number-form";
import { NumberSummary } from "@/components/login/number-summary";
import { Step } from "@/components/login/step";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import { COUNTRIES, likelyCountry } from "@/components/ui/phone-number";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { TextLink } from "@/components/ui/text-link";
import { passwordHint } from "@/components/login/words";
import { PASSWORD_LENGTH } from "@/lib/account/password-rule";
import type { Reset } from "@/lib/account/reset";
import { now } from "@/lib/clock";
import { simulated } from "@/lib/env";
import { countryOf } from "@/lib/verification/recipient";
import { requestReset, setNewPassword, startResetOver } from "./actions";
import { currentReset } from "@/app/cookies/reset";

export default async function ResetPage({ searchParams }: PageProps<"/login/reset">) {
  const [reset, { step }] = await Promise.all([currentReset(), searchParams]);
  if (!reset || step === "number") return <NumberStep />;
  return now() < reset.expiresAt ? <PasswordStep reset={reset} /> : <ExpiredStep />;
}

async function NumberStep() {
  const country = likelyCountry((await headers()).get("accept-language"));
  return (
    <Step
      title="Reset your password"
      lead="We’ll text you a temporary password, with which you set a new one."
      demo={simulated()}
    >
      <NumberForm
        action={requestReset}
        countries={COUNTRIES}
        typed={{ country, number: "" }}
        label="Text me a temporary password"
      />
      <p className="border-t border-line pt-6 text-13 text-ink-soft">
        Remembered it? <TextLink href="/login/password">Sign in with your password</TextLink>
      </p>
    </Step>
  );
}

function PasswordStep({ reset: { number, expiresAt } }: { reset: Reset }) {
  const at = now();
  return (
    <Step
      title="Set a new password"
      lead="If there is an account with a password for this number, we have texted a temporary password."
      demo={simulated()}
    >
      <ResetNumber number={number} />
      <NewPasswordForm
        action={setNewPassword}
        number={number}
        hint={
          <>
            Three words, as in kuda-moti-rabe. Works until <LocalTime at={expiresAt} seconds />.
          </>
        }
        passwordHint={passwordHint(PASSWORD_LENGTH)}
        least={PASSWORD_LENGTH.least}
      />
      <p className="border-t border-line pt-6 text-13 text-ink-soft">
        Nothing arrived? <TextLink href="/login/reset?step=number">Ask again</TextLink> or{" "}
        <TextLink href="/login?step=number">sign in with a code</TextLink>.
      </p>
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
    </Step>
  );
}

function ExpiredStep() {
  return (
    <Step
      title="Your temporary password has expired"
      lead="Ask for a new one; the old one no longer works."
      demo={simulated()}
    >
      <form action={startResetOver} className="flex flex-col">
        <Button type="submit" look="primary">
          Start again
        </Button>
      </form>
    </Step>
  );
}

function ResetNumber({ number }: { number: string }) {
  return <NumberSummary number={number} country={countryOf(number)} changeAt="/login/reset?step=number" />;
}
