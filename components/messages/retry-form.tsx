"use client";

import type { ReactNode } from "react";
import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";

export interface RetryState {
  /** Of how many messages feedback is tried at once; null before it was asked for. */
  retried: number | null;
  /** Why it was not done. */
  problem: string | null;
}

interface RetryFormProps {
  action: (state: RetryState, form: FormData) => Promise<RetryState>;
  /** What is to be tried again. */
  fields: Record<string, string>;
  children: ReactNode;
}

/** Has feedback tried again at once. */
export function RetryForm({ action, fields, children }: RetryFormProps) {
  const { state, pending, form } = useServerForm<RetryState>(action, { retried: null, problem: null });
  return (
    <form {...form} className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1 print:hidden">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span aria-live="polite" className="text-13 text-ink-soft">
        {state.problem}
        {state.retried !== null &&
          (state.retried === 0 ? "Nothing was left to try." : `${state.retried} will be tried now.`)}
      </span>
      <SubmitButton size="small" pending={pending} pendingLabel="Retrying…">
        {children}
      </SubmitButton>
    </form>
  );
}
