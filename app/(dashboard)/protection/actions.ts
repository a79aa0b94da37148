"use server";

import { refresh } from "next/cache";
import { validate } from "uuid";
import type { AcknowledgeState } from "@/components/protection/acknowledge-form";
import type { SecretState, TryState } from "@/components/protection/target-actions";
import { eventField } from "@/components/protection/event-field";
import type { TargetState } from "@/components/protection/target-form";
import { textField } from "@/components/ui/text-field";
import { SeenNote } from "@/lib/api/incidents";
import { TargetSettings } from "@/lib/api/notifications";
import { acknowledgeIncident } from "@/lib/notifications/acknowledge";
import { tellTest } from "@/lib/notifications/deliver";
import { addTarget, removeTarget, renewSecret } from "@/lib/notifications/targets";
import { EVENT_NAMES } from "@/lib/terms/events";
import { FOR_OPERATORS, operatorHere, problemsOf, refused } from "./form-answers";

const GONE = "It is not there any more.";

/** Has somebody told. */
export async function addTargetByForm(before: TargetState, form: FormData): Promise<TargetState> {
  // A secret is shown once.
  const state = { ...before, secret: null };
  if (!(await operatorHere())) return refused(state, { "": FOR_OPERATORS });
  const [from, to, tz] = ["quietFrom", "quietTo", "quietTz"].map((name) => textField(form, name));
  const read = TargetSettings.safeParse({
    kind: textField(form, "kind"),
    target: textField(form, "target"),
    events: EVENT_NAMES.filter((event) => form.has(eventField(event))),
    minSeverity: textField(form, "minSeverity"),
    quiet: from || to ? { from, to, tz } : null,
  });
  if (!read.success) return refused(state, problemsOf(read.error));
  const { secret } = await addTarget(read.data);
  refresh();
  return { times: state.times + 1, problems: {}, secret };
}

/** Tells a target that this is a test. */
export async function tryOutTarget(_: TryState, form: FormData): Promise<TryState> {
  const id = textField(form, "id");
  if (!(await operatorHere()) || !validate(id)) return { said: FOR_OPERATORS };
  const told = await tellTest(id);
  if (!told) return { said: GONE };
  return { said: told.outcome === "delivered" ? "It arrived." : `It did not arrive: ${told.error}.` };
}

/** Gives a webhook another secret. */
export async function renewSecretByForm(_: SecretState, form: FormData): Promise<SecretState> {
  const id = textField(form, "id");
  if (!(await operatorHere()) || !validate(id)) return { secret: null, problem: FOR_OPERATORS };
  const renewed = await renewSecret(id);
  return { secret: renewed?.secret ?? null, problem: renewed ? null : GONE };
}

export async function removeTargetByForm(form: FormData): Promise<void> {
  const id = textField(form, "id");
  if (!(await operatorHere()) || !validate(id)) return;
  await removeTarget(id);
  refresh();
}

/** Says that what is wrong was seen. */
export async function acknowledge(_: AcknowledgeState, form: FormData): Promise<AcknowledgeState> {
  const operator = await operatorHere();
  const id = textField(form, "id");
  if (!operator || !validate(id)) return { problem: FOR_OPERATORS };
  const note = SeenNote.safeParse(textField(form, "note"));
  if (!note.success) return { problem: "Write up to 500 characters of plain text." };
  const isThere = await acknowledgeIncident(id, note.data || null, operator.number);
  refresh();
  return { problem: isThere ? null : GONE };
}
