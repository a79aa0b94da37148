"use server";

import { refresh } from "next/cache";
import { validate } from "uuid";
import type { AnnotationState } from "@/components/dashboard/annotation-form";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { addAnnotation, removeAnnotation } from "@/lib/annotations";
import { AnnotationText, MOST_TEXT } from "@/lib/api/annotations";
import { isTimeZone, momentIn } from "@/lib/insights/asking/range";
import { countryOf } from "@/lib/terms/countries";
import { currentViewer } from "@/app/cookies/session";

/** Marks a moment of the view's clock. For operators only, also where everybody may read. */
export async function markMoment({ times }: AnnotationState, form: FormData): Promise<AnnotationState> {
  const refused = (problem: string) => ({ times, problem });
  if (!isOperator(await currentViewer())) return refused("Only operators may mark moments.");
  const [when, tz, country] = ["when", "tz", "country"].map((name) => textField(form, name));
  const at = tz && when && isTimeZone(tz) ? momentIn(when, tz) : null;
  if (at === null) return refused("Give a day and a time.");
  const text = AnnotationText.safeParse(textField(form, "what"));
  if (!text.success) return refused(`Say what happened in one line of up to ${MOST_TEXT} characters.`);
  await addAnnotation({ at, text: text.data, country: country ? countryOf(country) : null });
  refresh();
  return { times: times + 1, problem: null };
}

/** Takes a mark away. */
export async function unmarkMoment(form: FormData): Promise<void> {
  const id = textField(form, "id");
  if (!isOperator(await currentViewer()) || !validate(id)) return;
  await removeAnnotation(id);
  refresh();
}
