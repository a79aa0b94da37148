"use server";

import { refresh } from "next/cache";
import { validate } from "uuid";
import type { RetryState } from "@/components/messages/retry-form";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { retryFeedback, retryRefused, retryWaiting } from "@/lib/feedback/retry";
import { currentViewer } from "@/app/cookies/session";
import { viewOf } from "../view";

/** Has feedback tried again: a message's, all that waits, or all that was refused in a view. For operators only, also where everybody may read. */
export async function retry(_: RetryState, form: FormData): Promise<RetryState> {
  if (!isOperator(await currentViewer())) return { retried: null, problem: "Only operators may retry." };
  const retried = await retryWhat(form);
  refresh();
  return { retried, problem: null };
}

async function retryWhat(form: FormData): Promise<number> {
  const message = textField(form, "message");
  if (validate(message)) return retryFeedback(message);
  if (textField(form, "of") === "waiting") return retryWaiting();
  const view = viewOf(paramsOf(textField(form, "view")));
  // What was left out of it would be tried again, too.
  if (view.faults.length > 0) return 0;
  const error = form.has("error") ? textField(form, "error") : undefined;
  return retryRefused(view.query.range, view.query.filters, error);
}

/** A page's parameters, as Next gives them. */
function paramsOf(search: string): Record<string, string[] | string> {
  const params: Record<string, string[] | string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = params[name];
    params[name] = before === undefined ? value : [before, value].flat();
  }
  return params;
}
