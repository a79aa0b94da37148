/** What all forms of protection share: for whom they are, and how they say what is wrong. */
import type { z } from "zod";
import type { FormState } from "@/components/protection/fields";
import { isOperator } from "@/lib/account/access";
import type { Viewer } from "@/lib/account/session";
import { currentViewer } from "@/app/cookies/session";

export const FOR_OPERATORS = "This is for operators only.";

/** The operator whose form it is; null when whoever sent it is none. */
export async function operatorHere(): Promise<Viewer | null> {
  const viewer = await currentViewer();
  return isOperator(viewer) ? viewer : null;
}

/** A form's state, with why nothing was done. */
export function refused<State extends FormState>(state: State, problems: FormState["problems"]): State {
  return { ...state, problems };
}

/** What is wrong, by field. @param field where it is of all that was read */
export function problemsOf(error: z.ZodError | undefined, field = ""): Record<string, string> {
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [
      path.filter((part) => typeof part === "string").join(".") || field,
      `It ${message}.`,
    ]),
  );
}
