"use server";

import { redirect } from "next/navigation";
import { validate } from "uuid";
import type { ReplyState } from "@/components/account/reply-form";
import { refusalInWords, sendFailed } from "@/components/login/words";
import { textField } from "@/components/ui/text-field";
import { endOtherSessions, endSessionElsewhere } from "@/lib/account/session";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { readAsker } from "../asker";
import { knownBrowser } from "@/app/cookies/known-browser";
import { signOut } from "@/app/cookies/session";
import { rememberReply } from "@/app/cookies/reply";
import { viewerOrLogin } from "./viewer-or-login";

export async function signOutOfAccount(): Promise<void> {
  await signOut();
  redirect("/login");
}

/** Ends another of one's own sessions. */
export async function endOneSession(form: FormData): Promise<void> {
  const viewer = await viewerOrLogin();
  const id = textField(form, "session");
  if (validate(id)) await endSessionElsewhere(viewer, id, await knownBrowser());
  redirect("/account");
}

export async function endTheOthers(): Promise<void> {
  const viewer = await viewerOrLogin();
  await endOtherSessions(viewer, await knownBrowser());
  redirect("/account");
}

/** Asks for a reply from one's own number. Nobody is signed in by it: that takes something only the phone has got. */
export async function requestReply(): Promise<ReplyState> {
  const viewer = await viewerOrLogin();
  const reading = parseRecipient(viewer.number);
  if (!reading.ok) return { problem: refusalInWords({ problem: "internal_error" }) };
  const { recipient } = reading;
  // Bound to no browser: it signs nobody in.
  const { clientAddress, knownBrowser: known } = await readAsker();
  const sending = await startVerification({
    recipient,
    action: "reply",
    clientAddress,
    knownBrowser: known,
  });
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
