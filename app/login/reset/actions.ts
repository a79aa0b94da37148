"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { rememberHandset } from "@/app/cookies/handsets";
import type { NumberState } from "@/components/login/number-form";
import type { NewPasswordState } from "@/components/login/new-password-form";
import {
  NO_COOKIE,
  NOT_A_TEMPORARY_PASSWORD,
  NOT_SIGNED_IN,
  passwordProblem,
  refusalInWords,
  unusableNumber,
  wrongTemporaryPassword,
} from "@/components/login/words";
import { passwordIn, textField } from "@/components/ui/text-field";
import { PASSWORD_LENGTH, passwordFault } from "@/lib/account/password-rule";
import { beginReset, finishReset } from "@/lib/account/reset";
import { now } from "@/lib/clock";
import { simulated } from "@/lib/env";
import { log } from "@/lib/log";
import { parseRecipient } from "@/lib/verification/recipient";
import { normalizePassword } from "@/lib/verification/secrets";
import { signIn } from "@/app/cookies/session";
import { readAsker } from "@/app/asker";
import { rememberVerification } from "@/app/cookies/sign-in";
import { currentReset, forgetReset, rememberReset } from "@/app/cookies/reset";
import { TEMPORARY_PASSWORD } from "@/lib/terms/limits";

/** Texts a temporary password, where the number has an account with a password; the answer is the same where not. */
export async function requestReset(_: NumberState, form: FormData): Promise<NumberState> {
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const { browser, ...asker } = await readAsker();
  if (!browser) return { typed, problem: NO_COOKIE };
  const reading = parseRecipient(typed.number, typed.country);
  if (!reading.ok) return { typed, problem: unusableNumber(typed.number, reading.why) };
  const { recipient } = reading;
  const begun = await beginReset({ recipient, browser, ...asker });
  if (begun.outcome === "refused") {
    const waiting =
      begun.problem === "resend_too_soon" && (await currentReset())?.number === recipient.number;
    if (waiting) redirect("/login/reset");
    return { typed, problem: refusalInWords(begun, "temporary password") };
  }
  after(() =>
    begun.afterAnswer().catch((error: unknown) => log().error({ err: error }, "temporary password not sent")),
  );
  await rememberReset(begun.reset);
  if (simulated()) await rememberHandset(recipient.number);
  redirect("/login/reset");
}

/** Sets the new password, and signs in with it. */
export async function setNewPassword(_: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  const askedAt = now();
  const typed = textField(form, "temporary").slice(0, 100);
  const no = { typed, problem: null, passwordProblem: null };
  const { browser, ...asker } = await readAsker();
  if (!browser) return { ...no, problem: NO_COOKIE };
  const reset = await currentReset();
  if (!reset) redirect("/login/reset");
  const temporary = normalizePassword(typed);
  const newPassword = passwordIn(form, "password");
  // What cannot be right must not cost a try.
  if (!TEMPORARY_PASSWORD.test(temporary)) return { ...no, problem: NOT_A_TEMPORARY_PASSWORD };
  const fault = passwordFault(newPassword, reset.number);
  if (fault) return { ...no, passwordProblem: passwordProblem(fault, PASSWORD_LENGTH) };
  const result = await finishReset(reset, { browser, ...asker }, temporary, newPassword);
  switch (result.outcome) {
    case "refused":
      return { ...no, problem: refusalInWords(result, "temporary password") };
    case "pending":
      return { ...no, problem: wrongTemporaryPassword(result.checksLeft) };
    case "max_checks_reached":
      refresh();
      return { ...no, problem: refusalInWords({ problem: result.outcome }, "temporary password") };
    case "approved":
      if (!(await signIn(reset.id, askedAt))) return { ...no, problem: NOT_SIGNED_IN };
      await forgetReset();
      await rememberVerification(reset.id);
      redirect("/login");
  }
}

/** Begins with another number. */
export async function startResetOver(): Promise<void> {
  await forgetReset();
  redirect("/login/reset");
}
