"use server";

import { asTheme } from "@/components/ui/theme";
import { textField } from "@/components/ui/text-field";
import { rememberTheme } from "@/app/cookies/theme";

/** Chooses the theme of this browser; anything else than one of ours is the system's. */
export async function chooseTheme(form: FormData): Promise<void> {
  await rememberTheme(asTheme(textField(form, "theme")));
}
