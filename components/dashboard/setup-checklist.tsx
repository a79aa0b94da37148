import type { ReactNode } from "react";
import type { SetupSteps } from "@/lib/setup/steps";
import { TWILIO_CODES } from "@/lib/terms/twilio-codes";
import { DemoPhoneLink } from "../ui/demo-phone-link";
import { Icon } from "../ui/icon";
import { TextLink } from "../ui/text-link";

interface SetupChecklistProps {
  steps: SetupSteps;
  baseUrl: string;
  /** Whether messages go to the simulator's phones. */
  withPhone: boolean;
}

/** The steps of a set-up, each with its tick, or with what to do about it. */
export function SetupChecklist({ steps, baseUrl, withPhone }: SetupChecklistProps) {
  const { account, accepted, callback, confirmed, reported } = steps;
  const items: { title: string; done: boolean; fix: ReactNode }[] = [
    { title: "The Twilio account answers", done: account.done, fix: account.fault && inWords(account.fault) },
    {
      title: "Twilio took a message",
      done: accepted.done,
      fix: (
        <>
          {accepted.refusedWith && refusalInWords(accepted.refusedWith)} Send yourself a code at the{" "}
          <TextLink href="/login">sign-in</TextLink>.
        </>
      ),
    },
    {
      title: "Its status callback came, with the right signature",
      done: callback.done,
      fix: callback.wronglySigned
        ? `The last one was not: PUBLIC_BASE_URL (${baseUrl}) must be the address Twilio calls, to the letter, and TWILIO_AUTH_TOKEN the account’s.`
        : `It comes within seconds of a message. Twilio must be able to reach ${baseUrl}.`,
    },
    {
      title: "The code came back",
      done: confirmed.done,
      fix: withPhone ? (
        <>
          Type in the code that the <DemoPhoneLink>demo phone</DemoPhoneLink> shows.
        </>
      ) : (
        "Type it in where you asked for it."
      ),
    },
    {
      title: "Twilio took the feedback",
      done: reported.done,
      fix: reported.refused
        ? "Twilio refused it. The page of feedback says with which code, and can have it tried again."
        : "It goes out within seconds of the code, by the background work: LOOPS must be on, or npm run worker running.",
    },
  ];
  const next = items.findIndex(({ done }) => !done);
  return (
    <ol aria-label="Set-up" className="w-full rounded-8 border border-line bg-panel">
      {items.map(({ title, done, fix }, index) => (
        <li key={title} className="flex gap-3 border-t border-line px-4 py-3 first:border-t-0">
          <Icon
            name={done ? "check" : "ring"}
            className={`mt-0.5 size-4 shrink-0 ${done ? "text-good" : "text-ink-soft"}`}
          />
          <div className="flex min-w-0 flex-col gap-1">
            <p className={done || index === next ? "font-medium" : "text-ink-soft"}>
              {title}
              <span className="sr-only">: {done ? "done" : "not yet"}</span>
            </p>
            {index === next && <p className="max-w-[40rem] text-13 text-ink-soft">{fix}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

type Fault = NonNullable<SetupSteps["account"]["fault"]>;

function inWords(fault: Fault): string {
  if (fault.kind === "refused") {
    const code = fault.code === null ? `status ${fault.status}` : `code ${fault.code}`;
    return `Twilio refuses the credentials (${code}). Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the first page of its console, without spaces.`;
  }
  return `Twilio’s API does not answer this server (${fault.error}). Is it allowed out to api.twilio.com?`;
}

function refusalInWords(code: number): string {
  const { words = "see Twilio’s list of errors" } = TWILIO_CODES[code] ?? {};
  return `Twilio refused the last one with ${code}: ${words}. TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID must be a sender of the account that may send there.`;
}
