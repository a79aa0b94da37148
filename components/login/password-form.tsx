"use client";

import { SubmitButton } from "../ui/button";
import { NumberFields, type TypedNumber } from "../ui/number-fields";
import { PasswordField } from "../ui/password-field";
import type { Country } from "../ui/phone-number";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface PasswordState {
  typed: TypedNumber;
  numberProblem: Problem | null;
  problem: Problem | null;
}

interface PasswordFormProps {
  action: (state: PasswordState, form: FormData) => Promise<PasswordState>;
  countries: readonly Country[];
  typed: TypedNumber;
}

/** Number and password. */
export function PasswordForm({ action, countries, typed }: PasswordFormProps) {
  const { state, pending, form } = useServerForm(action, { typed, numberProblem: null, problem: null });
  return (
    <form {...form} noValidate className="flex flex-col gap-6">
      <NumberFields
        countries={countries}
        typed={state.typed}
        problem={state.numberProblem}
        autoComplete="username"
        autoFocus
      />
      <PasswordField id="password" label="Password" autoComplete="current-password" problem={state.problem} />
      <SubmitButton look="primary" pending={pending} pendingLabel="Signing in …">
        Sign in
      </SubmitButton>
    </form>
  );
}
