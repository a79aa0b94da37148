import type { Metadata } from "next";
import { headers } from "next/headers";
import { notThere } from "@/app/not-there";
import { HandsetForm } from "@/components/phone/handset-form";
import { ScenarioForm } from "@/components/phone/scenario-form";
import { SampleNumber } from "@/components/phone/sample-number";
import { COUNTRIES, formatNumber, likelyCountry } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import { simulated } from "@/lib/env";
import { addHandset, switchScenario } from "./actions";
import { PhoneView } from "./phone";
import { readPhone } from "./read-phone";
import { SAMPLE_NUMBER } from "./sample-number";
import { readScenario } from "./simulator";

export const metadata: Metadata = { title: "Demo phone · OTP Insights" };

export default async function PhonePage() {
  if (!simulated()) return notThere();
  const [phone, scenario] = await Promise.all([readPhone(), readScenario()]);
  const country = phone.current?.country ?? likelyCountry((await headers()).get("accept-language"));
  const fields = { action: addHandset, countries: COUNTRIES, typed: { country, number: "" } };
  return (
    <div className="mx-auto flex w-full max-w-[48rem] flex-col gap-5 px-4 py-6 sm:px-6">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-20 font-semibold tracking-tight">Demo phone</h1>
        <p className="text-13 text-ink-soft">Stands in for Twilio, the carrier and the pocket.</p>
        <TextLink href="/login" className="ml-auto text-13">
          Go to the demo’s sign-in
        </TextLink>
      </div>
      {scenario && <ScenarioForm scenario={scenario} action={switchScenario} />}
      <PhoneView
        phone={phone}
        add={<HandsetForm {...fields} folded />}
        begin={
          <section aria-labelledby="whose" className="flex flex-col gap-4">
            <h2 id="whose" className="text-16 font-semibold">
              Whose phone is it?
            </h2>
            <HandsetForm {...fields} />
            <SampleNumber action={addHandset} number={SAMPLE_NUMBER} label={formatNumber(SAMPLE_NUMBER)} />
          </section>
        }
      />
    </div>
  );
}
