"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { validate } from "uuid";
import type { OwnPasswordState } from "@/components/account/password-form";
import type { ReplyState } from "@/components/account/reply-form";
import { passwordProblem, refusalInWords, sendFailed, WRONG_OWN_PASSWORD } from "@/components/login/words";
import { passwordIn, textField } from "@/components/ui/text-field";
import { checkPassword, PASSWORD_LENGTH, passwordFault, setPassword } from "@/lib/account/password";
import { endOtherSessions, endSession, type Viewer } from "@/lib/account/session";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { readAsker } from "../asker";
import { currentViewer, signOut } from "@/app/cookies/session";
import { rememberReply } from "@/app/cookies/reply";

async function viewerOrLogin(): Promise<Viewer> {
  return (await currentViewer()) ?? redirect("/login");
}

export async function signOutOfAccount(): Promise<void> {
  await signOut();
  redirect("/login");
}

/** Ends one of one's own sessions. */
export async function endOneSession(form: FormData): Promise<void> {
  const viewer = await viewerOrLogin();
  const id = textField(form, "session");
  if (validate(id)) await endSession(viewer.accountId, id);
  redirect("/account");
}

export async function endTheOthers(): Promise<void> {
  await endOtherSessions(await viewerOrLogin());
  redirect("/account");
}

/** Sets one's first password, or another one by the one there is. */
export async function changePassword(_: OwnPasswordState, form: FormData): Promise<OwnPasswordState> {
  const viewer = await viewerOrLogin();
  const no = { set: false, currentProblem: null, newProblem: null };
  const newPassword = passwordIn(form, "new-password");
  const fault = passwordFault(newPassword);
  if (fault) return { ...no, newProblem: passwordProblem(fault, PASSWORD_LENGTH) };
  const wrong =
    viewer.hasPassword && (await ownPasswordProblem(viewer, passwordIn(form, "current-password")));
  if (wrong) return { ...no, currentProblem: wrong };
  await setPassword(viewer, newPassword);
  refresh();
  return { ...no, set: true };
}

/** A session alone, perhaps of a browser left open, must not take an account over. */
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

/** Asks for a reply from one's own number. Nobody is signed in by it: that takes something only the phone has got. */
export async function requestReply(): Promise<ReplyState> {
  const viewer = await viewerOrLogin();
  const reading = parseRecipient(viewer.number);
  if (!reading.ok) return { problem: refusalInWords({ problem: "internal_error" }) };
  const { recipient } = reading;
  // Bound to no browser: it signs nobody in.
  const { clientAddress, knownBrowser } = await readAsker();
  const sending = await startVerification({ recipient, action: "reply", clientAddress, knownBrowser });
  switch (sending.outcome) {
    case "refused":
      return { problem: refusalInWords(sending) };
    case "failed":
      return { problem: sendFailed(sending.twilioCode) };
    case "unknown":
    case "sent":
      await rememberReply(sending.verification.id);
      redirect("/account");
  }
}
