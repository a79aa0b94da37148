"use client";

import type { ReactNode } from "react";
import { SubmitButton } from "../ui/button";
import { Field } from "../ui/field";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";
import { CodeInput } from "./code-input";
import { TriesLeft } from "./tries-left";

export interface CodeState {
  typed: string;
  problem: Problem | null;
}

interface CodeFormProps {
  action: (state: CodeState, form: FormData) => Promise<CodeState>;
  /** Of its input. */
  id: string;
  label: string;
  hint: ReactNode;
  length: number;
  checksLeft: number;
  maxChecks: number;
}

/** The second step: the code that was texted. */
export function CodeForm({ action, id, label, hint, length, checksLeft, maxChecks }: CodeFormProps) {
  const { state, pending, form } = useServerForm(action, { typed: "", problem: null });
  return (
    <form {...form} noValidate className="flex flex-col gap-6">
      <Field id={id} label={label} hint={hint} problem={state.problem}>
        <CodeInput id={id} length={length} typed={state.typed} problem={state.problem} readOnly={pending} />
        <div className="mt-1">
          <TriesLeft left={checksLeft} of={maxChecks} />
        </div>
      </Field>
      <SubmitButton look="primary" pending={pending} pendingLabel="Checking …">
        Sign in
      </SubmitButton>
    </form>
  );
}
