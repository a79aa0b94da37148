"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { SubmitButton } from "../ui/button";
import { ProblemText, type Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";

export interface FinishState {
  problem: Problem | null;
}

interface FinishFormProps {
  action: (state: FinishState, form: FormData) => Promise<FinishState>;
  /** What goes with it. */
  fields?: Record<string, string>;
}

/** Another page of this browser that was first has its cookies by then. */
const LOOK_AGAIN_MS = 1_000;

/** The step after a link was opened elsewhere: only a post may give this browser its session. Sent by itself, once. */
export function FinishForm({ action, fields = {} }: FinishFormProps) {
  const { state, pending, form } = useServerForm(action, { problem: null });
  const element = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  const router = useRouter();
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    element.current?.requestSubmit();
  }, []);
  useEffect(() => {
    if (!state.problem) return;
    // Two pages wait for the same: the one that comes second is refused, although its browser is signed in.
    const timer = setTimeout(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, router]);
  return (
    <form ref={element} {...form} className="flex flex-col">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div aria-live="polite" className="not-empty:mb-3">
        {state.problem && <ProblemText {...state.problem} />}
      </div>
      <SubmitButton look="primary" pending={pending} pendingLabel="Signing in …">
        Sign in
      </SubmitButton>
    </form>
  );
}
