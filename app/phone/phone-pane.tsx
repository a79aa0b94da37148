import { AddByNumber } from "@/components/phone/add-by-number";
import { SampleNumber } from "@/components/phone/sample-number";
import { formatNumber } from "@/components/ui/phone-number";
import { TextLink } from "@/components/ui/text-link";
import { simulated } from "@/lib/env";
import { addHandset } from "./actions";
import { PhoneView } from "./phone";
import { readPhone } from "./read-phone";
import { SAMPLE_NUMBER } from "./sample-number";

/**
 * The demo phone beside another page, such as the login, whose number is in its hand. Only with the simulator. Its forms
 * come back to the page it stands on.
 */
export async function PhonePane() {
  if (!simulated()) return null;
  return (
    <aside
      aria-labelledby="demo-phone"
      className="flex w-full max-w-[46.25rem] flex-col gap-4 bg-ground px-8 py-5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="demo-phone" className="text-16 font-semibold">
          Demo phone
        </h2>
        <p className="text-13 text-ink-soft">Stands in for Twilio, the carrier and the pocket.</p>
        <TextLink href="/phone" className="ml-auto text-13">
          Open alone
        </TextLink>
      </div>
      <PhoneView
        phone={await readPhone()}
        add={<AddByNumber action={addHandset} />}
        begin={
          <div className="flex flex-col gap-2 text-13 text-ink-soft">
            <p className="font-semibold text-ink">Its number is the one you type.</p>
            <p>
              Ask for a message at the left: the phone with that number appears here, and the message arrives
              on it.
            </p>
            <SampleNumber action={addHandset} number={SAMPLE_NUMBER} label={formatNumber(SAMPLE_NUMBER)} />
          </div>
        }
      />
    </aside>
  );
}
