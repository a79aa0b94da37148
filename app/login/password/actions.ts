"use server";

import { redirect } from "next/navigation";
import type { PasswordState } from "@/components/login/password-form";
import { NO_COOKIE, refusalInWords, unusableNumber, WRONG_PASSWORD } from "@/components/login/words";
import { passwordIn, textField } from "@/components/ui/text-field";
import { checkPassword } from "@/lib/account/password";
import { parseRecipient } from "@/lib/verification/recipient";
import { readAsker } from "@/app/asker";
import { signInWithPassword } from "@/app/cookies/session";
import { begin } from "../begin";

/** Signs in with a number and its password. */
export async function signInByPassword(_: PasswordState, form: FormData): Promise<PasswordState> {
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const no = { typed, numberProblem: null, problem: null };
  const asker = await readAsker();
  if (!asker.browser) return { ...no, problem: NO_COOKIE };
  const reading = parseRecipient(typed.number, typed.country);
  if (!reading.ok) return { ...no, numberProblem: unusableNumber(typed.number, reading.why) };
  const password = passwordIn(form, "password");
  if (!password)
    return { ...no, problem: { title: "Enter your password.", remedy: "It goes with this number." } };
  const result = await checkPassword(reading.recipient, password, asker);
  switch (result.outcome) {
    case "wrong":
      return { ...no, problem: WRONG_PASSWORD };
    case "refused":
      return { ...no, problem: refusalInWords(result) };
    case "right":
      // Too short to be enough, or an operator's in a new browser: the code signs in.
      if (!result.alone) return { ...no, problem: await begin(reading.recipient, "code", true) };
      await signInWithPassword(result.accountId);
      redirect("/account");
  }
}
