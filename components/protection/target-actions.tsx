"use client";

import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";

export interface TryState {
  /** What came of it, in words; null before. */
  said: string | null;
}

interface TargetActionsProps {
  id: string;
  /** Tells it that this is a test. */
  tryOut: (state: TryState, form: FormData) => Promise<TryState>;
  remove: (form: FormData) => Promise<void>;
}

/** Tries a target out, or takes it away. */
export function TargetActions({ id, tryOut, remove }: TargetActionsProps) {
  const { state, pending, form } = useServerForm<TryState>(tryOut, { said: null });
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 print:hidden">
      <span aria-live="polite" className="text-13 text-ink-soft">
        {state.said}
      </span>
      <form {...form}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="small" pending={pending} pendingLabel="Trying …">
          Try it
        </SubmitButton>
      </form>
      <form action={remove}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="small" pending={false} pendingLabel="">
          Remove
        </SubmitButton>
      </form>
    </div>
  );
}
