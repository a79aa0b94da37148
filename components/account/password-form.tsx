"use client";

import { SubmitButton } from "../ui/button";
import { PasswordField } from "../ui/password-field";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface OwnPasswordState {
  set: boolean;
  currentProblem: Problem | null;
  newProblem: Problem | null;
}

interface OwnPasswordFormProps {
  action: (state: OwnPasswordState, form: FormData) => Promise<OwnPasswordState>;
  /** The account's number, for password managers. */
  number: string;
  /** Whether there is one, which must be known to set another. */
  hasPassword: boolean;
  /** The fewest characters a password may have. */
  least: number;
}

/** Sets a password, or changes it. */
export function OwnPasswordForm({ action, number, hasPassword, least }: OwnPasswordFormProps) {
  const { state, pending, form } = useServerForm(action, {
    set: false,
    currentProblem: null,
    newProblem: null,
  });
  return (
    <form {...form} noValidate className="flex flex-col gap-4">
      <p aria-live="polite" className="font-medium text-good empty:hidden">
        {state.set && "Your password is set. All other browsers are signed out."}
      </p>
      <input type="text" name="username" autoComplete="username" value={number} readOnly hidden />
      {/* Made anew once a password is set, so that what was typed does not stay. */}
      <div key={String(state.set && hasPassword)} className="flex flex-col gap-4">
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
          hint={`At least ${least} characters; a phrase is fine.`}
          autoComplete="new-password"
          minLength={least}
          problem={state.newProblem}
        />
      </div>
      <div>
        <SubmitButton pending={pending} pendingLabel="Setting …">
          {hasPassword ? "Change password" : "Set password"}
        </SubmitButton>
      </div>
    </form>
  );
}
