/**
 * What the login says when something does not go as meant: every problem in words, with its remedy. On the server only.
 */
import type { ProblemCode, Refusal } from "@/lib/errors";
import { formatWait, lengthInWords } from "../ui/format";
import type { Problem } from "../ui/problem";

type Words = (refusal: Refusal) => Problem;

const wait = ({ retryAfter = 1 }: Refusal) => formatWait(retryAfter);

/** By problem code, for whichever step meets it; the rest is a fault of ours. */
const WORDS: Partial<Record<ProblemCode, Words>> = {
  resend_too_soon: (refusal) => ({
    title: "A code for this number was asked for a moment ago.",
    remedy: `It may still arrive. If it doesn’t, ask again in ${wait(refusal)}.`,
  }),
  too_many_starts: (refusal) => ({
    title: "Too many codes were asked for.",
    remedy: `Try again in ${wait(refusal)}.`,
  }),
  request_in_flight: () => ({
    title: "The message is still being sent.",
    remedy: "Wait a moment and reload the page.",
  }),
  send_failed: (refusal) => sendFailed("twilioCode" in refusal ? refusal.twilioCode : null),
  max_sends_reached: () => ({
    title: "No more codes can be sent for this sign-in.",
    remedy: "Use the newest one you have, or start again.",
  }),
  expires_soon: () => ({
    title: "A new code might arrive too late.",
    remedy: "Use the one you have, or start again.",
  }),
  expired: () => ({
    title: "Your code has expired.",
    remedy: "Ask for a new one; the old ones no longer work.",
  }),
  max_checks_reached: () => ({
    title: "Too many wrong codes.",
    remedy: "This sign-in is closed, to protect your number. Ask for a new code.",
  }),
  check_delayed: (refusal) => ({
    title: "Too many wrong codes for this number today.",
    remedy: `Your code was not looked at. Try it again in ${wait(refusal)}.`,
  }),
  already_used: () => ({
    title: "This code has been used.",
    remedy: "It works once. Start again to get a new one.",
  }),
  canceled: () => ({
    title: "This sign-in was canceled.",
    remedy: "Its codes no longer work. Ask for a new one.",
  }),
  not_pending: () => ({
    title: "This sign-in has ended.",
    remedy: "Start again to get a new code.",
  }),
  not_found: () => ({
    title: "This sign-in is no longer known.",
    remedy: "Start again to get a new code.",
  }),
};

const OUR_FAULT: Problem = {
  title: "That did not work.",
  remedy: "The fault is on our side. Try again in a moment.",
};

/** Why Twilio does not take a message, by its error code. */
const SEND_FAILED: Record<number, string> = {
  21211: "It is not a phone number that can be texted. Check every digit.",
  21408: "We cannot text numbers in this country yet. Use a number of another country.",
  21610: "This number has opted out of our messages. Text START to us from it, or use another number.",
  21612: "There is no route for text messages to it. Use another number.",
  21614: "It is not a mobile number. Use a mobile number.",
};

function sendFailed(code: unknown): Problem {
  const title = "We couldn’t text this number.";
  if (typeof code !== "number") {
    return { title, remedy: "The message service did not answer. Nothing was sent: try again in a moment." };
  }
  const why = SEND_FAILED[code] ?? "Check the number, or try another one.";
  return { title, remedy: `${why} (Twilio error ${code})` };
}

function inWords(refusal: Refusal): Problem {
  return WORDS[refusal.problem]?.(refusal) ?? OUR_FAULT;
}

/** Why a verification could not be started. */
export function numberProblem(refusal: Refusal): Problem {
  return inWords(refusal);
}

/** Why a code was not evaluated. */
export function codeProblem(refusal: Refusal): Problem {
  return inWords(refusal);
}

/** Why no other message was sent. */
export function resendProblem(refusal: Refusal): Problem {
  return inWords(refusal);
}

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
