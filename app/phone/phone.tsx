/** The phone with its handsets, what can be done with them, and the way of the newest message. */
import type { ReactNode } from "react";
import { AnswerForms } from "@/components/phone/answer-forms";
import { Composer } from "@/components/phone/composer";
import { Conversation } from "@/components/phone/conversation";
import { DeliveryForm } from "@/components/phone/delivery-form";
import { Handset, ScreenNote } from "@/components/phone/handset";
import { HandsetList } from "@/components/phone/handset-list";
import { JourneyStrip } from "@/components/phone/journey-strip";
import { NO_JOURNEY } from "@/components/phone/journey";
import { LiveRefresh } from "@/components/phone/live-refresh";
import { SECTION_TITLE } from "@/components/phone/look";
import type { HandsetView } from "@/components/phone/phone-view";
import { env } from "@/lib/env";
import { callFromHandset, changeDelivery, replyFromHandset, switchHandset } from "./actions";
import type { Phone } from "./read-phone";

interface PhoneViewProps {
  phone: Phone;
  /** The form that adds a handset, below those there are. */
  add: ReactNode;
  /** What is offered while there is none. */
  begin: ReactNode;
}

export function PhoneView({ phone, add, begin }: PhoneViewProps) {
  const { current, handsets, newest, revision } = phone;
  return (
    <>
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-[18.25rem_minmax(0,1fr)]">
        <Handset
          sender={env().BRAND_NAME}
          composer={
            current && <Composer key={current.number} number={current.number} action={replyFromHandset} />
          }
        >
          <Screen phone={phone} />
        </Handset>
        <div className={`flex min-w-0 flex-col gap-5 ${current ? "" : "max-md:order-first"}`}>
          {current ? (
            <>
              <section aria-labelledby="handsets" className="flex flex-col gap-2">
                <h2 id="handsets" className={SECTION_TITLE}>
                  Handset
                </h2>
                <div className="overflow-hidden rounded-8 border border-line bg-panel">
                  <HandsetList handsets={handsets} current={current.number} action={switchHandset} />
                  {add}
                </div>
              </section>
              <InHand handset={current} />
            </>
          ) : (
            begin
          )}
        </div>
      </div>
      {current && <JourneyStrip sid={newest?.sid ?? null} journey={newest?.journey ?? NO_JOURNEY} />}
      <LiveRefresh revision={revision} />
    </>
  );
}

function InHand({ handset: { number, label, delivery } }: { handset: HandsetView }) {
  return (
    <>
      <section aria-labelledby="answer" className="flex flex-col gap-2">
        <h2 id="answer" className={SECTION_TITLE}>
          Answer from this handset
        </h2>
        <AnswerForms key={number} number={number} reply={replyFromHandset} call={callFromHandset} />
      </section>
      <section aria-labelledby="delivery" className="flex flex-col gap-2">
        <h2 id="delivery" className={SECTION_TITLE}>
          Its next messages
        </h2>
        <div className="overflow-hidden rounded-8 border border-line bg-panel">
          <DeliveryForm
            key={number}
            number={number}
            label={label}
            delivery={delivery}
            action={changeDelivery}
          />
        </div>
        <p className="text-12 text-ink-soft">Holds for this handset until you change it.</p>
      </section>
    </>
  );
}

function Screen({ phone: { current, entries, now } }: { phone: Phone }) {
  if (!current) {
    return (
      <ScreenNote title="No handset yet">
        <p>Every number has a phone here. Pick one up by its number.</p>
      </ScreenNote>
    );
  }
  if (!entries) {
    return (
      <ScreenNote title="The simulator doesn’t answer">
        <p>
          It carries the messages of this demo, and runs with <code className="font-mono">npm run demo</code>.
        </p>
        <p className="noscript:hidden">This phone keeps trying.</p>
        <p className="hidden noscript:block">Reload the page to try again.</p>
      </ScreenNote>
    );
  }
  if (entries.length === 0) {
    return (
      <ScreenNote title="No messages yet">
        <p>What is sent to {current.label} arrives here.</p>
      </ScreenNote>
    );
  }
  return <Conversation entries={entries} now={now} />;
}
