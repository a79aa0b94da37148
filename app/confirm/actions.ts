"use server";

import { redirect } from "next/navigation";
import { currentBrowser } from "@/app/cookies/browser";
import { signIn } from "@/app/cookies/session";
import { rememberVerification, waitsFor } from "@/app/cookies/sign-in";
import type { ConfirmState } from "@/components/login/confirm-form";
import type { FinishState } from "@/components/login/finish-form";
import { NO_COOKIE, NOT_SIGNED_IN } from "@/components/login/words";
import { textField } from "@/components/ui/text-field";
import { now } from "@/lib/clock";
import { verificationOfToken } from "@/lib/verification/secrets";
import { sayNo, sayYes } from "./outcome";

/** The buttons of a link's page: pressed by a person, since nothing that only fetches posts. */
export async function answerLink(_: ConfirmState, form: FormData): Promise<ConfirmState> {
  const askedAt = now();
  const token = textField(form, "token");
  if (textField(form, "answer") === "no") return { outcome: await sayNo(token) };
  const { outcome, signsIn } = await sayYes(token);
  if (signsIn) await enter(signsIn, askedAt);
  return { outcome };
}

/** After a link was confirmed in the browser that asked for it: signs it in. In any other there is nothing to finish. */
export async function finishLink(_: FinishState, form: FormData): Promise<FinishState> {
  const askedAt = now();
  if (!(await currentBrowser())) return { problem: NO_COOKIE };
  const id = verificationOfToken(textField(form, "token"));
  if (id) await enter(id, askedAt);
  // The page that waited for the link was first, perhaps by so little that its cookies were not here yet.
  if (id && (await waitsFor(id))) redirect("/login");
  return { problem: NOT_SIGNED_IN };
}

/** Goes on to where a sign-in ends, if this browser may be signed in by that verification. */
async function enter(verificationId: string, askedAt: Date): Promise<void> {
  if (!(await signIn(verificationId, askedAt))) return;
  await rememberVerification(verificationId);
  redirect("/login");
}
