"use client";

import { SubmitButton } from "../ui/button";
import { ProblemText, type Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface ReplyState {
  problem: Problem | null;
}

interface ReplyFormProps {
  action: (state: ReplyState, form: FormData) => Promise<ReplyState>;
  label: string;
}

/** Asks for a message to reply to. */
export function ReplyForm({ action, label }: ReplyFormProps) {
  const { state, pending, form } = useServerForm(action, { problem: null });
  return (
    <form {...form}>
      <div aria-live="polite" className="not-empty:mb-3">
        {state.problem && <ProblemText {...state.problem} />}
      </div>
      <SubmitButton pending={pending} pendingLabel="Sending …">
        {label}
      </SubmitButton>
    </form>
  );
}
