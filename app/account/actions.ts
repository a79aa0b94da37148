"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { validate } from "uuid";
import type { OwnPasswordState } from "@/components/account/password-form";
import type { ReplyState } from "@/components/account/reply-form";
import { passwordProblem, refusalInWords, WRONG_OWN_PASSWORD } from "@/components/login/words";
import { passwordIn, textField } from "@/components/ui/text-field";
import { checkPassword, PASSWORD_LENGTH, setPassword } from "@/lib/account/password";
import { endOtherSessions, endSession, type Viewer } from "@/lib/account/session";
import { isRefusal } from "@/lib/errors";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { clientAddress } from "../login/begin";
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
  const unfit = passwordProblem(newPassword, PASSWORD_LENGTH);
  if (unfit) return { ...no, newProblem: unfit };
  const wrong =
    viewer.hasPassword && (await ownPasswordProblem(viewer, passwordIn(form, "current-password")));
  if (wrong) return { ...no, currentProblem: wrong };
  await setPassword(viewer, newPassword);
  refresh();
  return { ...no, set: true };
}

/** A session alone, perhaps of a browser left open, must not take an account over. */
async function ownPasswordProblem({ number }: Viewer, password: string) {
  const recipient = parseRecipient(number);
  if ("why" in recipient || !password) return WRONG_OWN_PASSWORD;
  const result = await checkPassword(recipient, password);
  if (result === null) return WRONG_OWN_PASSWORD;
  return typeof result === "string" ? null : refusalInWords(result);
}

/** Asks for a reply from one's own number. Nobody is signed in by it: that takes something only the phone has got. */
export async function requestReply(): Promise<ReplyState> {
  const viewer = await viewerOrLogin();
  const recipient = parseRecipient(viewer.number);
  if ("why" in recipient) return { problem: refusalInWords({ problem: "internal_error" }) };
  const result = await startVerification({
    recipient,
    action: "reply",
    clientAddress: await clientAddress(),
  });
  if (isRefusal(result) && (!("verification" in result) || result.problem !== "send_unknown")) {
    return { problem: refusalInWords(result) };
  }
  await rememberReply(result.verification.id);
  redirect("/account");
}
