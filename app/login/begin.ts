import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readAsker } from "@/app/asker";
import { rememberHandset } from "@/app/cookies/handsets";
import { currentVerification, rememberVerification } from "@/app/cookies/sign-in";
import { NO_COOKIE, refusalInWords, sendFailed } from "@/components/login/words";
import type { Problem } from "@/components/ui/problem";
import { simulated } from "@/lib/env";
import type { Recipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import type { SignInAction } from "./sign-in-action";

/**
 * Starts a sign-in that is bound to this browser, and goes to the step that waits for it.
 *
 * @param afterPassword whether the number's right password was just given
 * @returns what keeps it from starting
 */
export async function begin(
  recipient: Recipient,
  action: SignInAction,
  afterPassword = false,
): Promise<Problem> {
  const asker = await readAsker();
  if (!asker.browser) return NO_COOKIE;
  const userAgent = (await headers()).get("user-agent");
  const sending = await startVerification({ recipient, action, userAgent, afterPassword, ...asker });
  switch (sending.outcome) {
    case "refused":
      if (sending.problem === "resend_too_soon" && (await isWaitingFor(recipient, action)))
        redirect("/login");
      return refusalInWords(sending, action);
    case "failed":
      return sendFailed(sending.twilioCode);
    // Whether it was sent is unknown: the step that waits says so by the message's state, for as long as it is.
    case "unknown":
    case "sent":
      await rememberVerification(sending.verification.id);
      if (simulated()) await rememberHandset(recipient.number);
      redirect("/login");
  }
}

/** Whether this browser already waits for just that: then the step that waits is where to go. */
async function isWaitingFor({ number }: Recipient, action: SignInAction): Promise<boolean> {
  const waiting = await currentVerification();
  return waiting?.status === "pending" && waiting.to === number && waiting.action === action;
}
