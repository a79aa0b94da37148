"use server";

import { refresh } from "next/cache";
import { TAKE_BACK, type FormState, type PlaceFormState } from "@/components/protection/fields";
import { DONE } from "@/components/protection/said";
import { formatCount } from "@/components/ui/format";
import { placeWords } from "@/components/ui/place-words";
import { textField } from "@/components/ui/text-field";
import { DestinationSettings } from "@/lib/api/protection/destinations";
import { Place, Reason } from "@/lib/api/protection/inputs";
import { SafeSubject } from "@/lib/api/protection/safe-list";
import { now } from "@/lib/clock";
import { putDestinationRule, removeDestinationRule } from "@/lib/protection/destination-rules";
import { addSafeEntry, removeSafeEntry } from "@/lib/protection/safe-list";
import { FOR_OPERATORS, operatorHere, problemsOf, refused } from "./form-answers";

/** Says something of a destination, or takes back what was said of it: the same from wherever it is shown. */
export async function sayOfPlace(state: PlaceFormState, form: FormData): Promise<PlaceFormState> {
  const operator = await operatorHere();
  if (!operator) return refused(state, { "": FOR_OPERATORS });
  const place = Place.safeParse(textField(form, "place"));
  const mode = textField(form, "mode");
  if (mode === TAKE_BACK && place.success) {
    await removeDestinationRule(place.data);
    return done(state, `Nothing is said of ${placeWords(place.data)} any more.`);
  }
  const until = textField(form, "until");
  const settings = DestinationSettings.safeParse({
    mode,
    // What stands there for a cap is none of anything else.
    perHour: mode === "cap" ? numberIn(textField(form, "perHour")) : null,
    // Where there is room for lines it is one all the same.
    reason: textField(form, "reason").replace(/\s+/g, " "),
    author: operator.number,
    // A browser's own field has no zone: the page says that it is UTC.
    until: until === "" ? null : until.endsWith("Z") ? until : `${until}:00Z`,
  });
  if (!place.success || !settings.success) {
    return refused(state, { ...problemsOf(place.error, "place"), ...problemsOf(settings.error) });
  }
  if (settings.data.until && settings.data.until <= now()) {
    return refused(state, { until: "It must be later than now." });
  }
  const { until: end, perHour } = await putDestinationRule({ place: place.data, ...settings.data });
  const words = `${placeWords(place.data)} is ${DONE[settings.data.mode]}`;
  const cap = perHour === null ? "" : ` at ${formatCount(perHour)} an hour`;
  return done(state, `${words}${cap}${end ? ", and opens by itself" : ""}.`);
}

function done(state: PlaceFormState, words: string): PlaceFormState {
  refresh();
  return { times: state.times + 1, problems: {}, done: words };
}

/** Null where there is none, which is said to be missing. */
function numberIn(text: string): number | null {
  return text === "" ? null : Number(text);
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
