"use client";

import { SubmitButton } from "../ui/button";
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
}

/** The first step: where to text the code. */
export function NumberForm({ action, countries, typed }: NumberFormProps) {
  const { state, pending, form } = useServerForm(action, { typed, problem: null });
  return (
    <form {...form} noValidate className="flex flex-col gap-6">
      <NumberFields countries={countries} typed={state.typed} problem={state.problem} autoFocus />
      <SubmitButton look="primary" pending={pending} pendingLabel="Sending …">
        Text me a code
      </SubmitButton>
    </form>
  );
}
