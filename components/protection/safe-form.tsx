"use client";

import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import { FIELD, FieldProblem, Labelled, UNTOUCHED, type FormState } from "./fields";

interface SafeFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

/** Puts a number or a block on the safe list. */
export function SafeForm({ action }: SafeFormProps) {
  const { state, pending, form } = useServerForm<FormState>(action, UNTOUCHED);
  const problem = (field: string) => state.problems[field] ?? null;
  return (
    <form {...form} key={state.times} className="flex flex-wrap items-end gap-3 print:hidden">
      <Labelled id="subject" label="Number or block" problem={problem("subject")}>
        <input
          id="subject"
          name="subject"
          required
          inputMode="tel"
          autoComplete="off"
          placeholder="+5511987654321"
          className={`${FIELD} w-56 placeholder:text-ink-mute`}
          aria-invalid={problem("subject") !== null || undefined}
        />
      </Labelled>
      <Labelled id="safe-reason" label="Why" problem={problem("reason")} className="min-w-48 grow">
        <input
          id="safe-reason"
          name="reason"
          required
          maxLength={300}
          autoComplete="off"
          className={`${FIELD} w-full`}
          aria-invalid={problem("reason") !== null || undefined}
        />
      </Labelled>
      <SubmitButton size="small" pending={pending} pendingLabel="Saving …">
        Put it on the list
      </SubmitButton>
      <FieldProblem id="safe-form" text={problem("")} />
    </form>
  );
}
