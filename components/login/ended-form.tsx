"use client";

import type { ActionThat } from "@/lib/terms/actions";
import { SubmitButton } from "../ui/button";
import { ProblemText } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";
import type { NumberState } from "./number-form";

interface EndedFormProps {
  action: (state: NumberState, form: FormData) => Promise<NumberState>;
  /** What is sent. */
  what: ActionThat<"offeredAtSignIn">;
}

/** For a sign-in that ended without success: a new one, with the same number. */
export function EndedForm({ action, what }: EndedFormProps) {
  const initial: NumberState = { typed: { country: "", number: "" }, problem: null };
  const { state, pending, form } = useServerForm(action, initial);
  return (
    <form {...form} className="flex flex-col">
      <div aria-live="polite" className="not-empty:mb-3">
        {state.problem && <ProblemText {...state.problem} />}
      </div>
      <SubmitButton look="primary" pending={pending} pendingLabel="Sending …" name="action" value={what}>
        Text me a new {what}
      </SubmitButton>
    </form>
  );
}
