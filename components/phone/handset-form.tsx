"use client";

import { SubmitButton } from "../ui/button";
import { NumberFields, type TypedNumber } from "../ui/number-fields";
import type { Country } from "../ui/phone-number";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface HandsetState {
  typed: TypedNumber;
  problem: Problem | null;
}

interface HandsetFormProps {
  action: (state: HandsetState, form: FormData) => Promise<HandsetState>;
  countries: readonly Country[];
  typed: TypedNumber;
}

/** Picks up a phone by its number. */
export function HandsetForm({ action, countries, typed }: HandsetFormProps) {
  const { state, pending, form } = useServerForm(action, { typed, problem: null });
  return (
    <form {...form} noValidate className="flex flex-col gap-5">
      <NumberFields countries={countries} typed={state.typed} problem={state.problem} />
      <SubmitButton pending={pending} pendingLabel="Picking up …">
        Pick up this phone
      </SubmitButton>
    </form>
  );
}
