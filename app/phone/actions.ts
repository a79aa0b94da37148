"use server";

import { notFound, redirect } from "next/navigation";
import { unusableNumber } from "@/components/login/words";
import type { HandsetState } from "@/components/phone/handset-form";
import { textField } from "@/components/ui/text-field";
import { simulated } from "@/lib/env";
import { parseRecipient } from "@/lib/verification/recipient";
import { rememberHandset } from "./handset-cookie";

/** Takes up the handset with a number. */
export async function chooseHandset(_: HandsetState, form: FormData): Promise<HandsetState> {
  if (!simulated()) notFound();
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const recipient = parseRecipient(typed.number, typed.country);
  if ("why" in recipient) return { typed, problem: unusableNumber(typed.number, recipient.why) };
  await rememberHandset(recipient.number);
  redirect("/phone");
}
