"use client";

import { MOST_REASON } from "@/lib/terms/limits";
import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import { FieldProblem, TextField, UNTOUCHED, type FormState } from "./fields";

interface SafeFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

/** Puts a number or a block on the safe list. */
export function SafeForm({ action }: SafeFormProps) {
  const { state, pending, form } = useServerForm<FormState>(action, UNTOUCHED);
  const problem = (field: string) => state.problems[field] ?? null;
  return (
    <form {...form} key={state.times} className="flex flex-wrap items-end gap-3 print:hidden">
      <TextField
        id="subject"
        name="subject"
        label="Number or block"
        problem={problem("subject")}
        required
        inputMode="tel"
        placeholder="+5511987654321"
        width="w-56"
      />
      <TextField
        id="safe-reason"
        name="reason"
        label="Why"
        problem={problem("reason")}
        required
        maxLength={MOST_REASON}
      />
      <SubmitButton size="small" pending={pending} pendingLabel="Saving …">
        Put it on the list
      </SubmitButton>
      <FieldProblem id="safe-form" text={problem("")} />
    </form>
  );
}
