/**
 * What the login says when something does not go as meant: every problem in words, with its remedy. On the server only.
 */
import type { PasswordFault } from "@/lib/account/password-rule";
import type { ProblemCode, Refusal } from "@/lib/errors";
import type { ActionThat, ACTIONS } from "@/lib/terms/actions";
import { TWILIO_CODES } from "@/lib/terms/twilio-codes";
import { formatWait, lengthInWords } from "../ui/format";
import type { Problem } from "../ui/problem";

/** What is sent, and comes back. */
export type Secret = (typeof ACTIONS)[ActionThat<"returnsSecret">]["noun"];

type Refused = Pick<Refusal, "problem" | "retryAfter">;

type Words = (refusal: Refused, what: Secret) => Problem;

const wait = ({ retryAfter = 1 }: Refused) => formatWait(retryAfter);

/** By problem code, for whichever step meets it; the rest is a fault of ours. */
const WORDS: Partial<Record<ProblemCode, Words>> = {
  resend_too_soon: (refusal) => ({
    title: "This number was sent a message a moment ago.",
    remedy: `It may still arrive. If it doesn’t, ask again in ${wait(refusal)}.`,
  }),
  too_many_starts: (refusal) => ({
    title: "Too many messages were asked for.",
    remedy: `Try again in ${wait(refusal)}.`,
  }),
  rate_limited: (refusal) => ({
    title: "Few messages go out to such numbers at the moment.",
    remedy: `Try again in ${wait(refusal)}, or use a number of another provider.`,
  }),
  destination_refused: () => ({
    title: "We don’t text such numbers.",
    remedy: "Use a number of another country or provider.",
  }),
  request_in_flight: () => ({
    title: "The message is still being sent.",
    remedy: "Wait a moment and reload the page.",
  }),
  max_sends_reached: (_, what) => ({
    title: `No more ${what}s can be sent for this sign-in.`,
    remedy: "Use the newest one you have, or start again.",
  }),
  expires_soon: (_, what) => ({
    title: `A new ${what} might arrive too late.`,
    remedy: "Use the one you have, or start again.",
  }),
  expired: (_, what) => ({
    title: `Your ${what} has expired.`,
    remedy: "Ask for a new one; the old ones no longer work.",
  }),
  max_checks_reached: (_, what) => ({
    title: `Too many wrong ${what}s.`,
    remedy: `This sign-in is closed, to protect your number. Ask for a new ${what}.`,
  }),
  check_delayed: (refusal) => ({
    title: "Too many wrong tries for this number.",
    remedy: `What you gave was not looked at. Try it again in ${wait(refusal)}.`,
  }),
  already_used: (_, what) => ({
    title: `This ${what} has been used.`,
    remedy: "It works once. Start again to get a new one.",
  }),
  canceled: (_, what) => ({
    title: "This sign-in was canceled.",
    remedy: `Its ${what}s no longer work. Ask for a new one.`,
  }),
  not_pending: (_, what) => ({
    title: "This sign-in has ended.",
    remedy: `Start again to get a new ${what}.`,
  }),
  unavailable: () => ({
    title: "Too many people are signing in right now.",
    remedy: "What you gave was not looked at. Try it again in a moment.",
  }),
  not_found: (_, what) => ({
    title: "This sign-in is no longer known.",
    remedy: `Start again to get a new ${what}.`,
  }),
};

const OUR_FAULT: Problem = {
  title: "That did not work.",
  remedy: "The fault is on our side. Try again in a moment.",
};

/** @param code Twilio's; null when Twilio could not be reached */
export function sendFailed(code: number | null): Problem {
  const title = "We couldn’t text this number.";
  if (code === null) {
    return { title, remedy: "The message service did not answer. Nothing was sent: try again in a moment." };
  }
  const why = TWILIO_CODES[code]?.remedy ?? "Check the number, or try another one.";
  return { title, remedy: `${why} (Twilio error ${code})` };
}

/** Why something asked for was not done: not started, not evaluated, not sent. */
export function refusalInWords(refusal: Refused, what: Secret = "code"): Problem {
  return WORDS[refusal.problem]?.(refusal, what) ?? OUR_FAULT;
}

/** A form that came without the cookie its page set: nothing may be bound to that browser. */
export const NO_COOKIE: Problem = {
  title: "Your browser did not send our cookie.",
  remedy: "Signing in needs it. Allow cookies for this site, reload this page and try again.",
};

/** What was approved too long ago, or has signed somebody in already. */
export const NOT_SIGNED_IN: Problem = {
  title: "This could not sign you in.",
  remedy: "It works once, and only for a while. Start again to get a new message.",
};

/** @param why the sentence's end that `parseRecipient` gave, as in "is a landline; give a mobile number" */
export function unusableNumber(typed: string, why: string): Problem {
  if (typed === "") return { title: "Enter your mobile number.", remedy: "We send the code to it." };
  return { title: "We can’t text that number.", remedy: `${typed} ${why}.` };
}

export function wrongCode(checksLeft: number, length: number): Problem {
  const tries = checksLeft === 1 ? "1 try" : `${checksLeft} tries`;
  return {
    title: `That code isn’t right. ${tries} left.`,
    remedy: `Compare it with your newest text message and type all ${lengthInWords(length)} digits again.`,
  };
}

export function incompleteCode(length: number): Problem {
  return {
    title: `Enter all ${lengthInWords(length)} digits.`,
    remedy: "They are in the text message we sent you. This did not cost a try.",
  };
}

/** Which of the two is wrong is not said, nor whether the number is known. */
export const WRONG_PASSWORD: Problem = {
  title: "Number and password don’t match.",
  remedy: "Check both and try again, or sign in with a code by text message.",
};

export const WRONG_OWN_PASSWORD: Problem = {
  title: "That isn’t your password.",
  remedy: "Try again, or sign out and reset it with a temporary one.",
};

export const NOT_A_TEMPORARY_PASSWORD: Problem = {
  title: "Enter the temporary password.",
  remedy: "It is three words of four letters, as in kuda-moti-rabe. This did not cost a try.",
};

export function wrongTemporaryPassword(checksLeft: number): Problem {
  const tries = checksLeft === 1 ? "1 try" : `${checksLeft} tries`;
  return {
    title: `That isn’t the temporary password. ${tries} left.`,
    remedy: "Compare it with your newest text message, if you have one, and type it again.",
  };
}

const PASSWORD_FAULTS: Record<PasswordFault, (length: PasswordLength) => Problem> = {
  too_short: ({ least }) => ({
    title: "Choose a longer password.",
    remedy: `It needs at least ${least} characters.`,
  }),
  too_long: ({ most }) => ({
    title: "Choose a shorter password.",
    remedy: `It may have at most ${most} characters.`,
  }),
  common: () => ({
    title: "Choose a password fewer people use.",
    remedy:
      "This one is among those that are tried first. A few words that nobody else would put together are fine.",
  }),
  personal: () => ({
    title: "Choose a password that is harder to guess.",
    remedy: "This one is little more than your number or our name.",
  }),
};

/** Why a password cannot be taken. */
export function passwordProblem(fault: PasswordFault, length: PasswordLength): Problem {
  return PASSWORD_FAULTS[fault](length);
}

/** What a new password is to be like, beside its field. */
export function passwordHint({ least, alone }: PasswordLength): string {
  return `At least ${least} characters; a phrase is fine. With ${alone} or more you need no code beside it.`;
}

interface PasswordLength {
  least: number;
  alone: number;
  most: number;
}
