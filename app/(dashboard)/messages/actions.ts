"use server";

import type { FoundMessages } from "@/components/messages/number-search";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { now } from "@/lib/clock";
import { readMessagesTo } from "@/lib/insights/reports/messages";
import { parseRecipient } from "@/lib/verification/recipient";
import { currentViewer } from "@/app/cookies/session";
import { MOST_FOUND } from "./most-found";

/** Finds the messages to a whole number, for operators only, also where everybody may read: who may not is not to learn whether a number is known here. The number itself does not come back. */
export async function findMessages(_: FoundMessages, form: FormData): Promise<FoundMessages> {
  const none = { rows: null, at: now() };
  if (!isOperator(await currentViewer())) {
    return { ...none, problem: { title: "You may not search.", remedy: "Sign in as an operator." } };
  }
  const reading = parseRecipient(textField(form, "number"));
  if (!reading.ok) {
    return { ...none, problem: { title: "We can’t search for that.", remedy: `It ${reading.why}.` } };
  }
  return { ...none, rows: await readMessagesTo(reading.recipient.number, MOST_FOUND), problem: null };
}
