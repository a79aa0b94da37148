"use client";

import { AddFold } from "./add-fold";
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
  /** Whether it is behind "Add a handset", below the handsets there are. */
  folded?: boolean;
}

/** Picks up a phone by its number. */
export function HandsetForm({ action, countries, typed, folded = false }: HandsetFormProps) {
  const { state, pending, form } = useServerForm(action, { typed, problem: null });
  const fields = (
    <form {...form} noValidate className="flex flex-col gap-5">
      <NumberFields countries={countries} typed={state.typed} problem={state.problem} />
      <SubmitButton pending={pending} pendingLabel="Picking up …">
        Pick up this phone
      </SubmitButton>
    </form>
  );
  if (!folded) return fields;
  return (
    <AddFold open={state.problem !== null}>
      <div className="px-4 pt-1 pb-4">{fields}</div>
    </AddFold>
  );
}
