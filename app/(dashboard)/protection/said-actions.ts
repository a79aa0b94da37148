"use server";

import { refresh } from "next/cache";
import type { FormState } from "@/components/protection/fields";
import { textField } from "@/components/ui/text-field";
import { DestinationSettings, Place, Reason, SafeSubject } from "@/lib/api/protection";
import { putDestinationRule, removeDestinationRule } from "@/lib/protection/destination-rules";
import { addSafeEntry, removeSafeEntry } from "@/lib/protection/safe-list";
import { FOR_OPERATORS, operatorHere, problemsOf, refused } from "./form-answers";

/** Says something of a destination. */
export async function putPlaceByForm(state: FormState, form: FormData): Promise<FormState> {
  const operator = await operatorHere();
  if (!operator) return refused(state, { "": FOR_OPERATORS });
  const [perHour, until] = [textField(form, "perHour"), textField(form, "until")];
  const place = Place.safeParse(textField(form, "place"));
  const settings = DestinationSettings.safeParse({
    mode: textField(form, "mode"),
    perHour: perHour === "" ? null : Number(perHour),
    reason: textField(form, "reason"),
    author: operator.number,
    until: until === "" ? null : `${until}:00Z`,
  });
  if (!place.success || !settings.success) {
    return refused(state, { ...problemsOf(place.error, "place"), ...problemsOf(settings.error) });
  }
  await putDestinationRule({ place: place.data, ...settings.data });
  refresh();
  return { times: state.times + 1, problems: {} };
}

export async function removePlaceByForm(form: FormData): Promise<void> {
  if (!(await operatorHere())) return;
  await removeDestinationRule(textField(form, "subject"));
  refresh();
}

/** Puts a number or a block on the safe list. */
export async function addSafeByForm(state: FormState, form: FormData): Promise<FormState> {
  const operator = await operatorHere();
  if (!operator) return refused(state, { "": FOR_OPERATORS });
  const subject = SafeSubject.safeParse(textField(form, "subject").replace(/[\s()-]/g, ""));
  const reason = Reason.safeParse(textField(form, "reason"));
  if (!subject.success || !reason.success) {
    return refused(state, { ...problemsOf(subject.error, "subject"), ...problemsOf(reason.error, "reason") });
  }
  await addSafeEntry({ subject: subject.data, reason: reason.data, author: operator.number });
  refresh();
  return { times: state.times + 1, problems: {} };
}

export async function removeSafeByForm(form: FormData): Promise<void> {
  if (!(await operatorHere())) return;
  await removeSafeEntry(textField(form, "subject"));
  refresh();
}
