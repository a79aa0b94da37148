"use client";

import { Button, SubmitButton } from "../ui/button";
import { NumberFields, type TypedNumber } from "../ui/number-fields";
import type { Country } from "../ui/phone-number";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface NumberState {
  typed: TypedNumber;
  problem: Problem | null;
}

interface NumberFormProps {
  action: (state: NumberState, form: FormData) => Promise<NumberState>;
  countries: readonly Country[];
  typed: TypedNumber;
  label: string;
  /** Whether a link may be asked for instead. */
  withLink?: boolean;
}

/** The first step: where to text the code, the link or the temporary password. */
export function NumberForm({ action, countries, typed, label, withLink = false }: NumberFormProps) {
  const { state, pending, form } = useServerForm(action, { typed, problem: null });
  return (
    <form {...form} noValidate className="flex flex-col gap-6">
      <NumberFields countries={countries} typed={state.typed} problem={state.problem} autoFocus />
      <div className="flex flex-col gap-3">
        {/* The first of a form's buttons is the one that Enter presses. */}
        <SubmitButton look="primary" pending={pending} pendingLabel="Sending …" name="action" value="code">
          {label}
        </SubmitButton>
        {withLink && (
          <Button type="submit" name="action" value="link" aria-disabled={pending || undefined}>
            Get a link instead
          </Button>
        )}
      </div>
    </form>
  );
}
