import { headers } from "next/headers";
import { CodeForm } from "@/components/login/code-form";
import { Confirmed } from "@/components/login/confirmed";
import { DeliveryNotice } from "@/components/login/delivery-notice";
import { EndedForm } from "@/components/login/ended-form";
import { NumberForm } from "@/components/login/number-form";
import { NumberSummary } from "@/components/login/number-summary";
import { ResendForm } from "@/components/login/resend-form";
import { Step } from "@/components/login/step";
import { codeProblem } from "@/components/login/words";
import { Button, ButtonLink } from "@/components/ui/button";
import { lengthInWords } from "@/components/ui/format";
import { ArrowRightIcon, CheckIcon } from "@/components/ui/icons";
import { LocalTime } from "@/components/ui/local-time";
import { COUNTRIES, formatNational, likelyCountry } from "@/components/ui/phone-number";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { TEXT_LINK, TextLink } from "@/components/ui/text-link";
import { now } from "@/lib/clock";
import { env, simulated } from "@/lib/env";
import type { VerificationView } from "@/lib/verification/view";
import { checkCode, requestCode, requestNewCode, resendCode, startOver } from "./actions";
import { currentVerification } from "./attempt";

type Steps = "number" | "code" | "confirmed" | "ended";

function stepOf(verification: VerificationView | null, asked: unknown): Steps {
  if (!verification || asked === "number") return "number";
  if (verification.status === "approved") return "confirmed";
  return verification.status === "pending" && verification.checksLeft > 0 ? "code" : "ended";
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const [verification, { step: asked }] = await Promise.all([currentVerification(), searchParams]);
  const step = stepOf(verification, asked);
  if (!verification || step === "number") return <NumberStep verification={verification} />;
  if (step === "confirmed") return <ConfirmedStep verification={verification} />;
  if (step === "ended") return <EndedStep verification={verification} />;
  return <CodeStep verification={verification} />;
}

/** @param verification the one under way, when its number is to be changed */
async function NumberStep({ verification }: { verification: VerificationView | null }) {
  const typed = verification
    ? { country: verification.country, number: formatNational(verification.to) }
    : { country: likelyCountry((await headers()).get("accept-language")), number: "" };
  return (
    <Step
      title="Sign in with your mobile number"
      lead={`We’ll text you a ${lengthInWords(env().CODE_LENGTH)}-digit code.`}
      demo={simulated()}
    >
      <NumberForm action={requestCode} countries={COUNTRIES} typed={typed} />
      {verification?.status === "pending" && (
        <p className="border-t border-line pt-6 text-13 text-ink-soft">
          A code is on its way to this number. <TextLink href="/login">Back to the code</TextLink>
        </p>
      )}
    </Step>
  );
}

const CODE_INPUT = "code";

function CodeStep({ verification }: { verification: VerificationView }) {
  const { to, country, messages, expiresAt, resendAfter, checksLeft } = verification;
  const { CODE_LENGTH, MAX_CHECKS } = env();
  const at = now();
  const newest = messages.at(-1) ?? messages[0];
  const length = lengthInWords(CODE_LENGTH);
  return (
    <Step title="Enter the code we texted you" demo={simulated()}>
      <NumberSummary number={to} country={country} />
      <DeliveryNotice message={newest} />
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
        maxChecks={MAX_CHECKS}
      />
      <ResendForm
        action={resendCode}
        inputId={CODE_INPUT}
        wait={
          resendAfter && {
            ms: resendAfter.getTime() - at.getTime(),
            ofMs: resendAfter.getTime() - newest.requestedAt.getTime(),
          }
        }
        attempt={newest.attempt}
        codes={messages.filter(({ status }) => status !== "refused").length}
        otherwise={
          <>
            No more codes can be sent for this sign-in.{" "}
            <TextLink href="/login?step=number">Start again</TextLink>
          </>
        }
      />
      <RefreshAfter ms={expiresAt.getTime() - at.getTime()} since={at} />
    </Step>
  );
}

/** While feedback is under way, the page looks again, less and less often. */
const SOONEST_LOOK_MS = 700;
const LATEST_LOOK_MS = 30_000;

function ConfirmedStep({ verification }: { verification: VerificationView }) {
  const message = verification.messages.find(({ confirmedAt }) => confirmedAt) ?? verification.messages[0];
  const at = now();
  const age = at.getTime() - (message.confirmedAt ?? at).getTime();
  return (
    <Step
      title="You’re in"
      lead="Number confirmed: the code came back right. This demo opens no session yet."
      mark={
        <span className="mb-4 flex size-10 items-center justify-center rounded-full border border-good/40 bg-good-wash text-good">
          <CheckIcon className="size-5" />
        </span>
      }
      demo={simulated()}
    >
      <Confirmed verification={verification} message={message} />
      <ButtonLink href="/" look="primary">
        Go to the overview <ArrowRightIcon />
      </ButtonLink>
      <form action={startOver} className="border-t border-line pt-6 text-13 text-ink-soft">
        Once more?{" "}
        <button type="submit" className={TEXT_LINK}>
          Start again
        </button>
      </form>
      {message.feedback?.state === "pending" && (
        <RefreshAfter ms={Math.min(Math.max(age, SOONEST_LOOK_MS), LATEST_LOOK_MS)} since={at} />
      )}
    </Step>
  );
}

function EndedStep({ verification }: { verification: VerificationView }) {
  const { status, to, country } = verification;
  const words = codeProblem({
    problem: status === "expired" || status === "canceled" ? status : "max_checks_reached",
  });
  return (
    <Step title={words.title.replace(/\.$/, "")} lead={words.remedy} demo={simulated()}>
      <NumberSummary number={to} country={country} />
      <EndedForm action={requestNewCode} />
      <form action={startOver} className="text-center">
        <Button type="submit" size="small">
          Use another number
        </Button>
      </form>
    </Step>
  );
}
