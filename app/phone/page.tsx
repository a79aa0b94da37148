import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Handset } from "@/components/phone/handset";
import { HandsetForm } from "@/components/phone/handset-form";
import { LiveInbox } from "@/components/phone/live-inbox";
import { SampleNumberForm } from "@/components/phone/sample-number-form";
import { Flag } from "@/components/ui/flag";
import { countryName } from "@/components/ui/format";
import { COUNTRIES, formatNumber } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import { env, simulated } from "@/lib/env";
import type { Recipient } from "@/lib/verification/recipient";
import { chooseHandset } from "./actions";
import { readHandset } from "./handset-cookie";
import { handsetMessages } from "./handset-messages";

export const metadata: Metadata = { title: "Demo phone · OTP Insights" };

/** Of the range that the North American plan reserves for fiction. */
const SAMPLE_NUMBER = "+12015550123";

export default async function PhonePage() {
  if (!simulated()) notFound();
  const handset = await readHandset();
  return (
    <div className="mx-auto grid w-full max-w-[56rem] gap-x-16 gap-y-8 px-6 py-8 md:grid-cols-[20rem_1fr]">
      <div className="max-md:order-first md:col-span-2">
        <h1 className="text-28 font-semibold tracking-tight">Demo phone</h1>
        <p className="mt-1 text-ink-soft">Stands in for Twilio, the carrier and the pocket.</p>
      </div>
      <Handset sender={env().BRAND_NAME}>{handset ? <Screen handset={handset} /> : <BlankScreen />}</Handset>
      <div className={`flex flex-col gap-8 ${handset ? "" : "max-md:order-first"}`}>
        {handset && <InHand handset={handset} />}
        <section aria-labelledby="other" className="flex flex-col gap-4">
          <h2 id="other" className="text-16 font-semibold">
            {handset ? "Use another phone" : "Whose phone is it?"}
          </h2>
          <HandsetForm
            action={chooseHandset}
            countries={COUNTRIES}
            typed={{ country: handset?.country ?? "US", number: "" }}
          />
          {handset?.number !== SAMPLE_NUMBER && (
            <div className="text-13 text-ink-soft">
              <SampleNumberForm
                action={chooseHandset}
                number={SAMPLE_NUMBER}
                label={formatNumber(SAMPLE_NUMBER)}
              />
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

async function Screen({ handset: { number } }: { handset: Recipient }) {
  const inbox = await handsetMessages({ number });
  return <LiveInbox key={number} number={number} initial={inbox} label={formatNumber(number)} />;
}

function BlankScreen() {
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 px-8 text-center text-13 text-ink-soft">
      <p className="text-14 font-semibold text-ink">No number yet</p>
      <p>Every number has a phone here. Pick one up by its number.</p>
    </div>
  );
}

function InHand({ handset: { number, country } }: { handset: Recipient }) {
  return (
    <section aria-labelledby="in-hand" className="flex flex-col gap-3">
      <h2 id="in-hand" className="text-16 font-semibold">
        In your hand
      </h2>
      <div className="flex items-center gap-3 rounded-8 border border-line bg-panel px-4 py-3">
        <Flag country={country} />
        <div>
          <p className="font-medium">{formatNumber(number)}</p>
          <p className="text-13 text-ink-soft">{countryName(country)}</p>
        </div>
      </div>
      <p className="text-13 text-ink-soft">
        Messages to this number arrive here by themselves.{" "}
        <TextLink href="/login">Go to the demo login</TextLink>
      </p>
    </section>
  );
}
