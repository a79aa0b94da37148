"use client";

import type { ReactNode } from "react";
import type { ActionThat } from "@/lib/terms/actions";
import { ProblemText } from "../ui/problem";
import { TEXT_LINK } from "../ui/text-link";
import { useServerForm } from "../ui/use-server-form";
import type { NumberState } from "./number-form";

interface InsteadFormProps {
  action: (state: NumberState, form: FormData) => Promise<NumberState>;
  /** The tracked action to start instead. */
  instead: ActionThat<"offeredAtSignIn">;
  label: string;
  /** After the button. */
  children?: ReactNode;
}

/** Another way in with the same number. */
export function InsteadForm({ action, instead, label, children }: InsteadFormProps) {
  const { state, pending, form } = useServerForm(action, {
    typed: { country: "", number: "" },
    problem: null,
  });
  return (
    <form {...form} className="border-t border-line pt-6 text-13 text-ink-soft">
      <div aria-live="polite" className="text-14 text-ink not-empty:mb-3">
        {state.problem && <ProblemText {...state.problem} />}
      </div>
      No text message?{" "}
      <button
        type="submit"
        name="action"
        value={instead}
        aria-disabled={pending || undefined}
        className={TEXT_LINK}
      >
        {pending ? "Sending …" : label}
      </button>
      {children}
    </form>
  );
}
