"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readAsker } from "@/app/asker";
import { currentPasswordCode, rememberPasswordCode } from "@/app/cookies/password-code";
import { renewSession } from "@/app/cookies/session";
import type { OwnPasswordState } from "@/components/account/password-form";
import type { ReplyState } from "@/components/account/reply-form";
import {
  incompleteCode,
  NO_COOKIE,
  passwordProblem,
  refusalInWords,
  sendFailed,
  WRONG_OWN_PASSWORD,
  wrongCode,
} from "@/components/login/words";
import { passwordIn, textField } from "@/components/ui/text-field";
import { checkPassword, setOwnPassword } from "@/lib/account/password";
import { PASSWORD_LENGTH, passwordFault } from "@/lib/account/password-rule";
import type { Viewer } from "@/lib/account/session";
import { env } from "@/lib/env";
import { parseRecipient } from "@/lib/verification/recipient";
import { normalizeCode } from "@/lib/verification/secrets";
import { startVerification } from "@/lib/verification/start";
import { viewerOrLogin } from "./viewer-or-login";

/** Texts the code with which one's own password is set. */
export async function requestPasswordCode(): Promise<ReplyState> {
  const viewer = await viewerOrLogin();
  const asker = await readAsker();
  if (!asker.browser) return { problem: NO_COOKIE };
  const reading = parseRecipient(viewer.number);
  if (!reading.ok) return { problem: refusalInWords({ problem: "internal_error" }) };
  const { recipient } = reading;
  const userAgent = (await headers()).get("user-agent");
  const sending = await startVerification({ recipient, action: "code", userAgent, ...asker });
  switch (sending.outcome) {
    case "refused":
      return { problem: refusalInWords(sending) };
    case "failed":
      return { problem: sendFailed(sending.twilioCode) };
    case "unknown":
    case "sent":
      await rememberPasswordCode(sending.verification.id);
      redirect("/account");
  }
}

/** Sets one's first password by a fresh code, or another one by a fresh code and the one there is. */
export async function changePassword(_: OwnPasswordState, form: FormData): Promise<OwnPasswordState> {
  const viewer = await viewerOrLogin();
  const no = { codeProblem: null, currentProblem: null, newProblem: null };
  const verification = await currentPasswordCode(viewer);
  if (!verification) redirect("/account");
  const code = normalizeCode(textField(form, "code"));
  const { CODE_LENGTH } = env();
  const newPassword = passwordIn(form, "new-password");
  // What cannot be right must not cost a try.
  if (code.length !== CODE_LENGTH || /\D/.test(code))
    return { ...no, codeProblem: incompleteCode(CODE_LENGTH) };
  const fault = passwordFault(newPassword, viewer.number);
  if (fault) return { ...no, newProblem: passwordProblem(fault, PASSWORD_LENGTH) };
  const wrong =
    viewer.hasPassword && (await ownPasswordProblem(viewer, passwordIn(form, "current-password")));
  if (wrong) return { ...no, currentProblem: wrong };
  const secrets = { verificationId: verification.id, code, newPassword };
  const asker = await readAsker();
  const starter = asker.browser && { browser: asker.browser };
  const { result, token } = await setOwnPassword(viewer, secrets, { ...asker, starter });
  if (result.outcome === "approved") await renewSession(token);
  refresh();
  switch (result.outcome) {
    case "refused":
      return { ...no, codeProblem: refusalInWords(result) };
    case "pending":
      return { ...no, codeProblem: wrongCode(result.checksLeft, CODE_LENGTH) };
    // The page says so.
    case "approved":
    case "max_checks_reached":
      return no;
  }
}

/** A code alone, on a phone that somebody found, must not take an account over. */
async function ownPasswordProblem({ number }: Viewer, password: string) {
  const reading = parseRecipient(number);
  if (!reading.ok || !password) return WRONG_OWN_PASSWORD;
  const result = await checkPassword(reading.recipient, password, await readAsker());
  switch (result.outcome) {
    case "right":
      return null;
    case "wrong":
      return WRONG_OWN_PASSWORD;
    case "refused":
      return refusalInWords(result);
  }
}
