"use client";

import { useRef, useState, type ReactNode, type SubmitEvent } from "react";
import { SubmitButton } from "../ui/button";
import { Field } from "../ui/field";
import type { Problem } from "../ui/problem";
import { useServerForm } from "../ui/use-server-form";
import { CodeInput } from "./code-input";
import { TriesLeft } from "./tries-left";

export interface CodeState {
  typed: string;
  problem: Problem | null;
  /** Whether a code was looked at, and is wrong. */
  wrong?: boolean;
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

const JUST_TRIED: Problem = {
  title: "You have just tried this code.",
  remedy: "Compare it with your newest text message. This did not cost a try.",
};

/**
 * The second step: the code that was texted.
 *
 * A complete code is sent by itself, and people press Enter all the same: what was found wrong is not sent a second time.
 */
export function CodeForm({ action, id, label, hint, length, checksLeft, maxChecks }: CodeFormProps) {
  const { state, pending, form } = useServerForm(action, { typed: "", problem: null });
  const sent = useRef("");
  const [justTried, setJustTried] = useState(false);
  const problem = justTried ? JUST_TRIED : state.problem;

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    const code = new FormData(event.currentTarget).get("code");
    const typed = typeof code === "string" ? code : "";
    // Enter after a wrong code, whose digits are gone by now, changes nothing of what is said.
    const isSpent = state.wrong === true && (typed === "" || typed === sent.current);
    setJustTried(isSpent && typed !== "");
    if (isSpent) {
      event.preventDefault();
      return;
    }
    if (!pending) sent.current = typed;
    form.onSubmit(event);
  }

  return (
    <form {...form} onSubmit={onSubmit} noValidate className="flex flex-col gap-6">
      <Field id={id} label={label} hint={hint} problem={problem}>
        <CodeInput
          id={id}
          length={length}
          typed={state.typed}
          problem={state.problem}
          invalid={problem !== null}
          readOnly={pending}
          isSent={(code) => code === sent.current}
        />
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
