"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { SubmitButton } from "../ui/button";
import { CONTROL, describedBy, Field } from "../ui/field";
import { PasswordField } from "../ui/password-field";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface NewPasswordState {
  /** The temporary password as typed, to be corrected. */
  typed: string;
  problem: Problem | null;
  passwordProblem: Problem | null;
}

interface NewPasswordFormProps {
  action: (state: NewPasswordState, form: FormData) => Promise<NewPasswordState>;
  /** The account's number, for password managers. */
  number: string;
  hint: ReactNode;
  /** What the new password is to be like, and the fewest characters it may have. */
  passwordHint: string;
  least: number;
}

/** A temporary password, and the one to set with it. */
export function NewPasswordForm({ action, number, hint, passwordHint, least }: NewPasswordFormProps) {
  const { state, pending, form } = useServerForm(action, {
    typed: "",
    problem: null,
    passwordProblem: null,
  });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!state.problem) return;
    input.current?.focus();
    input.current?.select();
  }, [state.problem]);
  return (
    <form {...form} noValidate className="flex flex-col gap-6">
      <input type="text" name="username" autoComplete="username" value={number} readOnly hidden />
      <Field id="temporary" label="Temporary password" hint={hint} problem={state.problem}>
        <input
          ref={input}
          id="temporary"
          name="temporary"
          type="text"
          autoComplete="one-time-code"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={60}
          autoFocus
          defaultValue={state.typed}
          aria-invalid={state.problem ? true : undefined}
          aria-describedby={describedBy("temporary")}
          className={`${CONTROL} font-mono`}
        />
      </Field>
      <PasswordField
        id="password"
        label="New password"
        hint={passwordHint}
        autoComplete="new-password"
        minLength={least}
        problem={state.passwordProblem}
      />
      <SubmitButton look="primary" pending={pending} pendingLabel="Setting …">
        Set password and sign in
      </SubmitButton>
    </form>
  );
}
