"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { CodeState } from "@/components/login/code-form";
import type { FinishState } from "@/components/login/finish-form";
import type { NumberState } from "@/components/login/number-form";
import type { ResendState } from "@/components/login/resend-form";
import {
  incompleteCode,
  NO_COOKIE,
  NOT_SIGNED_IN,
  refusalInWords,
  sendFailed,
  unusableNumber,
  wrongCode,
} from "@/components/login/words";
import { formatNational } from "@/components/ui/phone-number";
import { textField } from "@/components/ui/text-field";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { checkVerification } from "@/lib/verification/check";
import { parseRecipient } from "@/lib/verification/recipient";
import { resendVerification } from "@/lib/verification/resend";
import { normalizeCode } from "@/lib/verification/secrets";
import { readAsker } from "@/app/asker";
import { currentBrowser } from "@/app/cookies/browser";
import { signIn, signOut } from "@/app/cookies/session";
import { currentVerification, finishedVerification, forgetVerification } from "@/app/cookies/sign-in";
import { begin } from "./begin";
import { signInAction } from "./sign-in-action";

/** The number step: texts a code or a link to the number, and goes on to the step that waits for it. */
export async function requestMessage(_: NumberState, form: FormData): Promise<NumberState> {
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const reading = parseRecipient(typed.number, typed.country);
  if (!reading.ok) return { typed, problem: unusableNumber(typed.number, reading.why) };
  return { typed, problem: await begin(reading.recipient, signInAction(textField(form, "action"))) };
}

/** A new sign-in with the number of this one: after it ended without success, or by another action. */
export async function requestAnew(_: NumberState, form: FormData): Promise<NumberState> {
  const none = { country: "", number: "" };
  if (!(await currentBrowser())) return { typed: none, problem: NO_COOKIE };
  const ended = await currentVerification();
  if (!ended) redirect("/login");
  const reading = parseRecipient(ended.to);
  const typed = { country: ended.country, number: formatNational(ended.to) };
  if (!reading.ok) return { typed, problem: unusableNumber(typed.number, reading.why) };
  return { typed, problem: await begin(reading.recipient, signInAction(textField(form, "action"))) };
}

/** The code step: the right code signs this browser in, also when it comes twice because the first answer was lost. */
export async function checkCode(_: CodeState, form: FormData): Promise<CodeState> {
  const askedAt = now();
  const typed = textField(form, "code");
  const browser = await currentBrowser();
  if (!browser) return { typed, problem: NO_COOKIE };
  const verification = await currentVerification();
  if (!verification) redirect("/login");
  const code = normalizeCode(typed);
  const { CODE_LENGTH } = env();
  // What cannot be right must not cost a try.
  if (code.length !== CODE_LENGTH || /\D/.test(code)) return { typed, problem: incompleteCode(CODE_LENGTH) };
  const asker = { ...(await readAsker()), starter: { browser } };
  const result = await checkVerification(verification.id, code, "code", asker);
  if (result.outcome === "approved") await signIn(verification.id, askedAt);
  refresh();
  switch (result.outcome) {
    case "refused":
      return { typed, problem: refusalInWords(result) };
    // The digits do not stay: Enter would send them again.
    case "pending":
      return { typed: "", problem: wrongCode(result.checksLeft, CODE_LENGTH), wrong: true };
    // The page goes on to another step, which says so.
    case "approved":
    case "max_checks_reached":
      return { typed: "", problem: null };
  }
}

/** After the link was opened, wherever that was: signs in the browser that asked for it, which is this one or none. */
export async function finishSignIn(): Promise<FinishState> {
  const askedAt = now();
  if (!(await currentBrowser())) return { problem: NO_COOKIE };
  const verification = await currentVerification();
  // Two pages of one browser wait, and the other was first.
  if (!verification && (await finishedVerification())) redirect("/login");
  if (!verification || !(await signIn(verification.id, askedAt))) return { problem: NOT_SIGNED_IN };
  redirect("/login");
}

export async function resend(): Promise<ResendState> {
  if (!(await currentBrowser())) return { sent: false, problem: NO_COOKIE };
  const verification = await currentVerification();
  if (!verification) redirect("/login");
  const sending = await resendVerification(verification.id, await readAsker());
  refresh();
  switch (sending.outcome) {
    case "sent":
    // Whether it was sent is unknown: the page says so by the message's state, for as long as it is.
    case "unknown":
      return { sent: true, problem: null };
    case "failed":
      return { sent: false, problem: sendFailed(sending.twilioCode) };
    case "refused":
      return { sent: false, problem: refusalInWords(sending, signInAction(verification.action)) };
  }
}

/** Forgets the sign-in, whatever its state. */
export async function startOver(): Promise<void> {
  await forgetVerification();
  redirect("/login");
}

export async function signOutHere(): Promise<void> {
  await signOut();
  await forgetVerification();
  redirect("/login");
}
