"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { rememberHandset } from "@/app/phone/handset-cookie";
import type { CodeState } from "@/components/login/code-form";
import type { NumberState } from "@/components/login/number-form";
import type { ResendState } from "@/components/login/resend-form";
import {
  codeProblem,
  incompleteCode,
  numberProblem,
  resendProblem,
  unusableNumber,
  wrongCode,
} from "@/components/login/words";
import { formatNational } from "@/components/ui/phone-number";
import type { Problem } from "@/components/ui/problem";
import { textField } from "@/components/ui/text-field";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { env, simulated } from "@/lib/env";
import { isRefusal } from "@/lib/errors";
import { checkVerification } from "@/lib/verification/check";
import { parseRecipient, type Recipient } from "@/lib/verification/recipient";
import { resendVerification } from "@/lib/verification/resend";
import { normalizeCode } from "@/lib/verification/secrets";
import { startVerification } from "@/lib/verification/start";
import { currentVerification, forgetVerification, rememberVerification } from "./attempt";

/** The number step: texts a code to the number, and goes on to the code step. */
export async function requestCode(_: NumberState, form: FormData): Promise<NumberState> {
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const recipient = parseRecipient(typed.number, typed.country);
  if ("why" in recipient) return { typed, problem: unusableNumber(typed.number, recipient.why) };
  return { typed, problem: await begin(recipient) };
}

/** After a sign-in that ended without success: texts a new code to the same number. */
export async function requestNewCode(): Promise<NumberState> {
  const ended = await currentVerification();
  if (!ended) redirect("/login");
  const recipient = parseRecipient(ended.to);
  const typed = { country: ended.country, number: formatNational(ended.to) };
  if ("why" in recipient) return { typed, problem: unusableNumber(typed.number, recipient.why) };
  return { typed, problem: await begin(recipient) };
}

/** The code step. */
export async function checkCode(_: CodeState, form: FormData): Promise<CodeState> {
  const verification = await currentVerification();
  if (!verification) redirect("/login");
  const typed = textField(form, "code");
  const code = normalizeCode(typed);
  const { CODE_LENGTH } = env();
  // What cannot be right must not cost a try.
  if (code.length !== CODE_LENGTH || /\D/.test(code)) return { typed, problem: incompleteCode(CODE_LENGTH) };
  const result = await checkVerification(verification.id, code);
  refresh();
  if (isRefusal(result)) return { typed, problem: codeProblem(result) };
  if (result.status === "pending") return { typed, problem: wrongCode(result.checksLeft, CODE_LENGTH) };
  return { typed: "", problem: null };
}

export async function resendCode(): Promise<ResendState> {
  const verification = await currentVerification();
  if (!verification) redirect("/login");
  const result = await resendVerification(verification.id);
  refresh();
  // Whether the message was sent is unknown: the page says so by the message's state, for as long as it is.
  if (!isRefusal(result) || result.problem === "send_unknown") return { sent: true, problem: null };
  return { sent: false, problem: resendProblem(result) };
}

/** Forgets the sign-in, whatever its state. */
export async function startOver(): Promise<void> {
  await forgetVerification();
  redirect("/login");
}

/**
 * Starts a verification and goes to the code step.
 *
 * @returns what keeps it from starting
 */
async function begin(recipient: Recipient): Promise<Problem> {
  // Our server always says it; requests that came another way share one limit.
  const clientAddress = (await headers()).get(CLIENT_ADDRESS_HEADER) ?? "unknown";
  const result = await startVerification({ recipient, clientAddress });
  if (isRefusal(result)) {
    if (result.problem === "resend_too_soon" && (await isWaitingFor(recipient))) redirect("/login");
    if (!("verification" in result) || result.problem !== "send_unknown") return numberProblem(result);
  }
  await rememberVerification(result.verification.id);
  if (simulated()) await rememberHandset(recipient.number);
  redirect("/login");
}

/** Whether this browser already waits for a code to that number: then the code step is where to go. */
async function isWaitingFor({ number }: Recipient): Promise<boolean> {
  const verification = await currentVerification();
  return verification?.status === "pending" && verification.to === number;
}
