"use server";

import { refresh } from "next/cache";
import { validate } from "uuid";
import type { AcknowledgeState } from "@/components/protection/acknowledge-form";
import type { TryState } from "@/components/protection/target-actions";
import { eventField } from "@/components/protection/event-field";
import type { TargetState } from "@/components/protection/target-form";
import { textField } from "@/components/ui/text-field";
import { isOperator } from "@/lib/account/access";
import { FindingNote, TargetSettings } from "@/lib/api/notifications";
import { acknowledgeFinding } from "@/lib/notifications/acknowledge";
import { tellTest } from "@/lib/notifications/deliver";
import { addTarget, removeTarget } from "@/lib/notifications/targets";
import { EVENT_NAMES } from "@/lib/terms/events";
import { currentViewer } from "@/app/cookies/session";

const GONE = "It is not there any more.";
const FOR_OPERATORS = "This is for operators only.";

/** Has somebody told. */
export async function addTargetByForm({ times }: TargetState, form: FormData): Promise<TargetState> {
  const refused = (problems: Record<string, string>) => ({ times, problems, secret: null });
  if (!isOperator(await currentViewer())) return refused({ "": FOR_OPERATORS });
  const [from, to, tz] = ["quietFrom", "quietTo", "quietTz"].map((name) => textField(form, name));
  const read = TargetSettings.safeParse({
    kind: textField(form, "kind"),
    target: textField(form, "target"),
    events: EVENT_NAMES.filter((event) => form.has(eventField(event))),
    minSeverity: textField(form, "minSeverity"),
    quiet: from || to ? { from, to, tz } : null,
  });
  if (!read.success) {
    return refused(
      Object.fromEntries(
        read.error.issues.map(({ path, message }) => [
          path.filter((part) => typeof part === "string").join("."),
          `It ${message}.`,
        ]),
      ),
    );
  }
  const { secret } = await addTarget(read.data);
  refresh();
  return { times: times + 1, problems: {}, secret };
}

/** Tells a target that this is a test. */
export async function tryOutTarget(_: TryState, form: FormData): Promise<TryState> {
  const id = textField(form, "id");
  if (!isOperator(await currentViewer()) || !validate(id)) return { said: FOR_OPERATORS };
  const told = await tellTest(id);
  if (!told) return { said: GONE };
  return { said: told.outcome === "delivered" ? "It arrived." : `It did not arrive: ${told.error}.` };
}

export async function removeTargetByForm(form: FormData): Promise<void> {
  const id = textField(form, "id");
  if (!isOperator(await currentViewer()) || !validate(id)) return;
  await removeTarget(id);
  refresh();
}

/** Says that a finding was seen. */
export async function acknowledge(_: AcknowledgeState, form: FormData): Promise<AcknowledgeState> {
  const viewer = await currentViewer();
  const id = textField(form, "id");
  if (!isOperator(viewer) || !validate(id)) return { problem: FOR_OPERATORS };
  const note = FindingNote.safeParse(textField(form, "note"));
  if (!note.success) return { problem: "Write up to 500 characters of plain text." };
  const isThere = await acknowledgeFinding(id, note.data || null, viewer?.number ?? null);
  refresh();
  return { problem: isThere ? null : GONE };
}
