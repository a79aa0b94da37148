"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { SubmitButton } from "../ui/button";
import { CONTROL, describedBy, Field } from "../ui/field";
import { PasswordField } from "../ui/password-field";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface OwnPasswordState {
  codeProblem: Problem | null;
  currentProblem: Problem | null;
  newProblem: Problem | null;
}

interface OwnPasswordFormProps {
  action: (state: OwnPasswordState, form: FormData) => Promise<OwnPasswordState>;
  /** The account's number, for password managers. */
  number: string;
  /** Whether there is one, which must be known to set another. */
  hasPassword: boolean;
  codeLength: number;
  codeHint: ReactNode;
  /** What a password is to be like, and the fewest characters it may have. */
  passwordHint: string;
  least: number;
}

const CODE_INPUT = "password-code";

/** Sets a password, or changes it, by the code that was texted. */
export function OwnPasswordForm(props: OwnPasswordFormProps) {
  const { action, number, hasPassword, codeLength, codeHint, passwordHint, least } = props;
  const { state, pending, form } = useServerForm(action, {
    codeProblem: null,
    currentProblem: null,
    newProblem: null,
  });
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.codeProblem) code.current?.focus();
  }, [state.codeProblem]);
  return (
    <form {...form} noValidate className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={number} readOnly hidden />
      <Field id={CODE_INPUT} label="Code" hint={codeHint} problem={state.codeProblem}>
        {/* Not sent by itself when it is complete, as at the sign-in: there is more to fill in. */}
        <input
          ref={code}
          id={CODE_INPUT}
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={2 * codeLength}
          aria-invalid={state.codeProblem ? true : undefined}
          aria-describedby={describedBy(CODE_INPUT)}
          className={`${CONTROL} font-mono`}
        />
      </Field>
      {hasPassword && (
        <PasswordField
          id="current-password"
          label="Current password"
          autoComplete="current-password"
          problem={state.currentProblem}
        />
      )}
      <PasswordField
        id="new-password"
        label="New password"
        hint={passwordHint}
        autoComplete="new-password"
        minLength={least}
        problem={state.newProblem}
      />
      <div>
        <SubmitButton look="primary" pending={pending} pendingLabel="Setting …">
          {hasPassword ? "Change password" : "Set password"}
        </SubmitButton>
      </div>
    </form>
  );
}
