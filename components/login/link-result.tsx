"use client";

import { useEffect, useRef } from "react";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { DoneMark } from "./done-mark";

type Failure = "used" | "expired" | "unknown" | "too_many" | "canceled" | "delayed";

export interface LinkResultProps {
  outcome: { state: "confirmed"; redirectUrl: string | null } | { state: "denied" | Failure };
}

const FAILURES: Record<Failure, { title: string; text: string }> = {
  used: {
    title: "This link has been used",
    text: "It works once, and somebody has opened it before. If that was you, go on where you asked for it; if not, ask for a new link there.",
  },
  expired: {
    title: "This link has expired",
    text: "It worked for a few minutes only. Ask for a new one where you asked for this one.",
  },
  unknown: {
    title: "We don’t know this link",
    text: "Perhaps it was cut off on the way. Open it from the message itself, or ask for a new one.",
  },
  too_many: {
    title: "This link no longer works",
    text: "It was tried too often, and is closed to protect your number. Ask for a new one.",
  },
  canceled: {
    title: "This link was canceled",
    // By whoever asked, or by a "No, that was not me" on its page: perhaps of the one who reads this now.
    text: "It was called off before it was confirmed, and lets nobody in any more. Ask for a new one if you still need it.",
  },
  delayed: {
    title: "Not now",
    text: "There were too many wrong tries for your number. Open the link again in two minutes.",
  },
};

/** What came of opening a link. This browser is not signed in by it, and is not told more than that. */
export function LinkResult({ outcome }: LinkResultProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // In the place of the form whose button had the focus.
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const { state } = outcome;
  const answered = state === "confirmed" || state === "denied";
  const { title, text } = answered ? ANSWERED[state] : FAILURES[state];
  return (
    <div className="mx-auto flex w-full max-w-[32rem] flex-col items-start gap-4 px-6 py-16 sm:py-24">
      <title>{`${title} · OTP Insights`}</title>
      {answered && <DoneMark />}
      <h1 ref={heading} tabIndex={-1} className="text-28 font-semibold tracking-tight focus:outline-none">
        {title}
      </h1>
      <p>{text}</p>
      {state === "confirmed" && outcome.redirectUrl && <Onward url={outcome.redirectUrl} />}
      {!answered && <ButtonLink href="/login?step=number">Go to the sign-in</ButtonLink>}
    </div>
  );
}

const ANSWERED = {
  confirmed: {
    title: "Confirmed",
    text: "Thank you. You can close this page and go on where you asked for the link.",
  },
  denied: {
    title: "Nobody was let in",
    text: "Thank you for telling us. This link no longer works, and whoever asked for it is not signed in. You need not do anything else, and can close this page.",
  },
};

/** To where whoever asked for the link wants people to go on; the address is on the list that REDIRECT_ORIGINS allows. */
function Onward({ url }: { url: string }) {
  return (
    <ButtonLink href={url} look="primary" rel="noreferrer">
      Continue to {new URL(url).host} <Icon name="arrowRight" />
    </ButtonLink>
  );
}
