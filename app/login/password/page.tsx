import { headers } from "next/headers";
import { PasswordForm } from "@/components/login/password-form";
import { Step } from "@/components/login/step";
import { COUNTRIES, likelyCountry } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import { simulated } from "@/lib/env";
import { signInByPassword } from "./actions";

export default async function PasswordPage() {
  const country = likelyCountry((await headers()).get("accept-language"));
  return (
    <Step title="Sign in with your password" demo={simulated()}>
      <PasswordForm action={signInByPassword} countries={COUNTRIES} typed={{ country, number: "" }} />
      <div className="flex flex-col gap-2 border-t border-line pt-6 text-13 text-ink-soft">
        <p>
          <TextLink href="/login/reset">Forgot your password?</TextLink>
        </p>
        <p>
          No password yet? <TextLink href="/login?step=number">Sign in with a text message</TextLink>
        </p>
      </div>
    </Step>
  );
}
