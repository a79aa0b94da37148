import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button";
import { DemoPhoneLink } from "../ui/demo-phone-link";
import { TextLink } from "../ui/text-link";

interface EmptyProps {
  /** The range in words: `in the last 28 days`. */
  range: string;
  /** The same view without its filters; null when it has none. */
  withoutFilters: string | null;
  /** The same over a longer range; null when it is the longest. */
  wider: string | null;
  baseUrl: string;
  withPhone: boolean;
  /** How far the set-up has come. */
  checklist: ReactNode;
}

/** No message in the view: says so, and what to do about it. */
export function Empty({ range, withoutFilters, wider, baseUrl, withPhone, checklist }: EmptyProps) {
  if (withoutFilters) {
    return (
      <Frame title={`No message ${range} matches the filters`}>
        <p className="max-w-[40rem] text-ink-soft">
          There may be some without them, or in a longer range. Each filter can be taken out above.
        </p>
        <p className="flex flex-wrap gap-x-5 gap-y-2">
          <TextLink href={withoutFilters}>Clear all filters</TextLink>
          {wider && <TextLink href={wider}>Look at 90 days</TextLink>}
        </p>
      </Frame>
    );
  }
  return (
    <Frame title={`No messages ${range}`}>
      <p className="max-w-[40rem] text-ink-soft">
        Send yourself a code at the sign-in. Its destination appears here as soon as Twilio takes the message,
        and its conversion once the code’s lifetime is over.
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <ButtonLink href="/login" look="primary">
          Send a test code
        </ButtonLink>
        {withPhone && <DemoPhoneLink>Open the demo phone</DemoPhoneLink>}
        {wider && <TextLink href={wider}>Look at 90 days</TextLink>}
      </div>
      <div className="w-full max-w-[40rem] empty:hidden">{checklist}</div>
      <div className="mt-2 w-full max-w-[40rem]">
        <p className="text-13 text-ink-soft">Or from a program, with one of the keys in API_KEYS:</p>
        <pre className="mt-2 rounded-6 bg-wash p-3 font-mono text-12 break-all whitespace-pre-wrap">
          {`curl ${baseUrl}/api/verifications \\\n  -H "Authorization: Bearer $API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '{"to":"+12015550123"}'`}
        </pre>
      </div>
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col items-start gap-4 rounded-8 border border-line bg-panel p-6 sm:p-10">
      <h2 className="text-16 font-semibold">{title}</h2>
      {children}
    </section>
  );
}
