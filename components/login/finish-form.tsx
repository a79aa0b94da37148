"use client";

import { useEffect, useRef } from "react";
import { SubmitButton } from "../ui/button";
import { ProblemText, type Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface FinishState {
  problem: Problem | null;
}

interface FinishFormProps {
  action: (state: FinishState, form: FormData) => Promise<FinishState>;
}

/** The step after a link was opened elsewhere: only a post may give this browser its session. Sent by itself, once. */
export function FinishForm({ action }: FinishFormProps) {
  const { state, pending, form } = useServerForm(action, { problem: null });
  const element = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    element.current?.requestSubmit();
  }, []);
  return (
    <form ref={element} {...form} className="flex flex-col">
      <div aria-live="polite" className="not-empty:mb-3">
        {state.problem && <ProblemText {...state.problem} />}
      </div>
      <SubmitButton look="primary" pending={pending} pendingLabel="Signing in …">
        Sign in
      </SubmitButton>
    </form>
  );
}
