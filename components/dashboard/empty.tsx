import { ButtonLink } from "../ui/button";
import { TEXT_LINK } from "../ui/text-link";

interface EmptyProps {
  days: number;
  baseUrl: string;
  withPhone: boolean;
}

/** No message in the range: says so, and how to get the first one. */
export function Empty({ days, baseUrl, withPhone }: EmptyProps) {
  return (
    <section className="flex flex-col items-start gap-4 rounded-8 border border-line bg-panel p-6 sm:p-10">
      <h2 className="text-16 font-semibold">No messages in the last {days} days</h2>
      <p className="max-w-[40rem] text-ink-soft">
        Send yourself a code at the demo login. Its destination appears here as soon as Twilio takes the
        message, and its conversion as soon as the code comes back.
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <ButtonLink href="/login" look="primary">
          Send a test code
        </ButtonLink>
        {withPhone && (
          <a href="/phone" target="otp-demo-phone" className={TEXT_LINK}>
            Open the demo phone<span className="sr-only"> (new tab)</span>
          </a>
        )}
      </div>
      <div className="mt-2 w-full max-w-[40rem]">
        <p className="text-13 text-ink-soft">Or from a program, with one of the keys in API_KEYS:</p>
        <pre className="mt-2 rounded-6 bg-wash p-3 font-mono text-12 break-all whitespace-pre-wrap">
          {`curl ${baseUrl}/api/verifications \\\n  -H "Authorization: Bearer $API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '{"to":"+12015550123"}'`}
        </pre>
      </div>
    </section>
  );
}
