import { headers } from "next/headers";
import { NumberForm } from "@/components/login/number-form";
import { Step } from "@/components/login/step";
import { lengthInWords } from "@/components/ui/format";
import { COUNTRIES, formatNational, formatNumber, likelyCountry } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import type { Viewer } from "@/lib/account/session";
import { env, simulated } from "@/lib/env";
import type { Verification } from "@/lib/verification/verification";
import { requestMessage } from "../actions";
import { signInAction } from "../sign-in-action";

interface NumberStepProps {
  /** The one under way, when its number is to be changed. */
  verification: Verification | null;
  /** Who is signed in already. */
  viewer: Viewer | null;
}

export async function NumberStep({ verification, viewer }: NumberStepProps) {
  const typed = verification
    ? { country: verification.country, number: formatNational(verification.to) }
    : { country: likelyCountry((await headers()).get("accept-language")), number: "" };
  return (
    <Step
      title="Sign in with your mobile number"
      lead={`We’ll text you a ${lengthInWords(env().CODE_LENGTH)}-digit code, or a link.`}
      demo={simulated()}
    >
      <NumberForm
        action={requestMessage}
        countries={COUNTRIES}
        typed={typed}
        label="Text me a code"
        withLink
      />
      <div className="flex flex-col gap-2 border-t border-line pt-6 text-13 text-ink-soft">
        <p>
          Have a password? <TextLink href="/login/password">Sign in with it</TextLink>
        </p>
        {verification?.status === "pending" && (
          <p>
            A {signInAction(verification.action)} is on its way to this number.{" "}
            <TextLink href="/login">Back to it</TextLink>
          </p>
        )}
        {viewer && (
          <p>
            Signed in as {formatNumber(viewer.number)}.{" "}
            <TextLink href="/account">Go to your account</TextLink>
          </p>
        )}
      </div>
    </Step>
  );
}
