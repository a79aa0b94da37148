import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { rememberHandset } from "@/app/cookies/handsets";
import { NO_COOKIE, refusalInWords } from "@/components/login/words";
import type { Problem } from "@/components/ui/problem";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { simulated } from "@/lib/env";
import { isRefusal } from "@/lib/errors";
import type { Recipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { currentBrowser } from "@/app/cookies/browser";
import { currentVerification, rememberVerification } from "@/app/cookies/sign-in";

/** The tracked actions one can sign in with from the first step. */
export type LoginAction = "code" | "link";

export function loginAction(value: string): LoginAction {
  return value === "link" ? "link" : "code";
}

/** The end user's address, as our server found it. */
export async function clientAddress(): Promise<string | undefined> {
  // Our server always says it; requests that came another way share one limit.
  return (await headers()).get(CLIENT_ADDRESS_HEADER) ?? "unknown";
}

/**
 * Starts a sign-in that is bound to this browser, and goes to the step that waits for it.
 *
 * @returns what keeps it from starting
 */
export async function begin(recipient: Recipient, action: LoginAction): Promise<Problem> {
  const browser = await currentBrowser();
  if (!browser) return NO_COOKIE;
  const result = await startVerification({
    recipient,
    action,
    browser,
    clientAddress: await clientAddress(),
  });
  if (isRefusal(result)) {
    if (result.problem === "resend_too_soon" && (await isWaitingFor(recipient, action))) redirect("/login");
    if (!("verification" in result) || result.problem !== "send_unknown")
      return refusalInWords(result, action);
  }
  await rememberVerification(result.verification.id);
  if (simulated()) await rememberHandset(recipient.number);
  redirect("/login");
}

/** Whether this browser already waits for just that: then the step that waits is where to go. */
async function isWaitingFor({ number }: Recipient, action: LoginAction): Promise<boolean> {
  const waiting = await currentVerification();
  return waiting?.status === "pending" && waiting.to === number && waiting.action === action;
}
