import { Confirmed } from "@/components/login/confirmed";
import { DoneMark } from "@/components/login/done-mark";
import { Step } from "@/components/login/step";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { RefreshAfter } from "@/components/ui/refresh-after";
import { TEXT_LINK, TextLink } from "@/components/ui/text-link";
import { mayReadDashboard } from "@/lib/account/access";
import type { Viewer } from "@/lib/account/session";
import { now } from "@/lib/clock";
import { simulated } from "@/lib/env";
import { isTestVerification } from "@/lib/verification/test-ids";
import type { Verification } from "@/lib/verification/verification";
import { signOutHere } from "../actions";

/** While feedback is under way, the page looks again, less and less often. */
const SOONEST_LOOK_MS = 700;
const LATEST_LOOK_MS = 30_000;

const LEADS: Record<Verification["action"], string> = {
  code: "The code came back right, and this browser is signed in.",
  link: "The link was opened, and this browser, which asked for it, is signed in.",
  temporary_password: "Your new password is set, and all other browsers are signed out.",
  reply: "Your number is confirmed.",
};

interface DoneStepProps {
  verification: Verification;
  viewer: Viewer;
}

/** Signed in: what happened, up to what Twilio was told, and where to go on. */
export function DoneStep({ verification, viewer }: DoneStepProps) {
  const message = verification.messages.find(({ confirmedAt }) => confirmedAt) ?? verification.messages[0];
  const at = now();
  const age = at.getTime() - (message.confirmedAt ?? at).getTime();
  return (
    <Step title="You’re in" lead={LEADS[verification.action]} mark={<DoneMark />} demo={simulated()}>
      <Confirmed verification={verification} message={message} />
      {mayReadDashboard(viewer) ? (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <ButtonLink href="/" look="primary">
            Go to the overview <Icon name="arrowRight" />
          </ButtonLink>
          {!isTestVerification(verification.id) && (
            <TextLink href={`/messages/${message.id}`}>See this message</TextLink>
          )}
        </div>
      ) : (
        <ButtonLink href="/account" look="primary">
          Go to your account <Icon name="arrowRight" />
        </ButtonLink>
      )}
      <form action={signOutHere} className="border-t border-line pt-6 text-13 text-ink-soft">
        Not you?{" "}
        <button type="submit" className={TEXT_LINK}>
          Sign out
        </button>{" "}
        or <TextLink href="/account">see where you’re signed in</TextLink>.
      </form>
      {message.feedback?.state === "pending" && (
        <RefreshAfter ms={Math.min(Math.max(age, SOONEST_LOOK_MS), LATEST_LOOK_MS)} since={at} />
      )}
    </Step>
  );
}
