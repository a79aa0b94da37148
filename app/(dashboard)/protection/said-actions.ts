"use server";

import { refresh } from "next/cache";
import type { z } from "zod";
import type { FormState } from "@/components/protection/fields";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { DestinationSettings, Place, Reason, SafeSubject } from "@/lib/api/protection";
import { putDestinationRule, removeDestinationRule } from "@/lib/protection/destination-rules";
import { addSafeEntry, removeSafeEntry } from "@/lib/protection/safe-list";
import { currentViewer } from "@/app/cookies/session";

const FOR_OPERATORS = "This is for operators only.";

function problemsOf(prefix: string, error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.map(({ path, message }) => [String(path[0] ?? prefix), `It ${message}.`]),
  );
}

/** Says something of a destination. */
export async function putPlaceByForm({ times }: FormState, form: FormData): Promise<FormState> {
  const viewer = await currentViewer();
  if (!isOperator(viewer)) return { times, problems: { "": FOR_OPERATORS } };
  const [perHour, until] = [textField(form, "perHour"), textField(form, "until")];
  const place = Place.safeParse(textField(form, "place"));
  const settings = DestinationSettings.safeParse({
    mode: textField(form, "mode"),
    perHour: perHour === "" ? null : Number(perHour),
    reason: textField(form, "reason"),
    author: viewer?.number ?? "an operator",
    until: until === "" ? null : `${until}:00Z`,
  });
  if (!place.success || !settings.success) {
    return {
      times,
      problems: {
        ...(place.success ? {} : problemsOf("place", place.error)),
        ...(settings.success ? {} : problemsOf("", settings.error)),
      },
    };
  }
  await putDestinationRule({ place: place.data, ...settings.data });
  refresh();
  return { times: times + 1, problems: {} };
}

export async function removePlaceByForm(form: FormData): Promise<void> {
  if (!isOperator(await currentViewer())) return;
  await removeDestinationRule(textField(form, "subject"));
  refresh();
}

/** Puts a number or a block on the safe list. */
export async function addSafeByForm({ times }: FormState, form: FormData): Promise<FormState> {
  const viewer = await currentViewer();
  if (!isOperator(viewer)) return { times, problems: { "": FOR_OPERATORS } };
  const subject = SafeSubject.safeParse(textField(form, "subject").replace(/[\s()-]/g, ""));
  const reason = Reason.safeParse(textField(form, "reason"));
  if (!subject.success || !reason.success) {
    return {
      times,
      problems: {
        ...(subject.success ? {} : problemsOf("subject", subject.error)),
        ...(reason.success ? {} : problemsOf("reason", reason.error)),
      },
    };
  }
  await addSafeEntry({ subject: subject.data, reason: reason.data, author: viewer?.number ?? "an operator" });
  refresh();
  return { times: times + 1, problems: {} };
}

export async function removeSafeByForm(form: FormData): Promise<void> {
  if (!isOperator(await currentViewer())) return;
  await removeSafeEntry(textField(form, "subject"));
  refresh();
}
