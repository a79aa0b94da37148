"use server";

import type { ConfirmState } from "@/components/login/confirm-form";
import { textField } from "@/components/ui/text-field";
import { openAsPerson } from "./outcome";

/** The button of a link's page: pressed by a person, since nothing that only fetches posts. */
export async function confirmLink(_: ConfirmState, form: FormData): Promise<ConfirmState> {
  return { outcome: await openAsPerson(textField(form, "token")) };
}
