"use server";

import type { FoundMessages } from "@/components/messages/message-search";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { readMessageKey } from "@/lib/api/insights/search-key";
import { now } from "@/lib/clock";
import { findMessages as find } from "@/lib/insights/reports/found-messages";
import { currentViewer } from "@/app/cookies/session";
import { MOST_FOUND } from "@/lib/terms/limits";

/**
 * Finds messages by a whole number, a SID or a verification's id, for operators only, also where everybody may read: who may not is not to
 * learn whether a number is known here. What was looked for does not come back.
 */
export async function findMessages(_: FoundMessages, form: FormData): Promise<FoundMessages> {
  const none = { rows: null, by: null, at: now() };
  if (!isOperator(await currentViewer())) {
    return { ...none, problem: { title: "You may not search.", remedy: "Sign in as an operator." } };
  }
  const reading = readMessageKey(textField(form, "key"));
  if (!reading.ok) {
    return { ...none, problem: { title: "We can’t search for that.", remedy: `It ${reading.why}.` } };
  }
  const rows = await find(reading.key, { limit: MOST_FOUND });
  return { rows, by: reading.key.by, at: now(), problem: null };
}
