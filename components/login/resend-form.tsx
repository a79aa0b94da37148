"use client";

import { useEffect, type ReactNode } from "react";
import { ACTIONS, type ActionThat } from "@/lib/terms/actions";
import { ProblemText, type Problem } from "../ui/problem";
import { TEXT_LINK } from "../ui/text-link";
import { useServerForm } from "../ui/use-server-form";
import { Countdown } from "./countdown";

export interface ResendState {
  sent: boolean;
  problem: Problem | null;
}

interface ResendFormProps {
  action: (state: ResendState, form: FormData) => Promise<ResendState>;
  /** What is sent. */
  what: ActionThat<"offeredAtSignIn">;
  /** Of the code's input, which takes the focus once another code is on its way. */
  inputId?: string;
  /** Until another message may be asked for, by the server's clock; null when none will be sent any more. */
  wait: { ms: number; ofMs: number } | null;
  /** Which message of its verification is the newest, from 1. */
  newest: number;
  /** How many of them may arrive. */
  count: number;
  /** What to do instead when none will be sent. */
  otherwise: ReactNode;
}

/** Asks for another message: a sentence that counts down, then a button in the same row. */
export function ResendForm({ action, what, inputId, wait, newest, count, otherwise }: ResendFormProps) {
  const { state, pending, form } = useServerForm(action, { sent: false, problem: null });
  useEffect(() => {
    if (state.sent && inputId) document.getElementById(inputId)?.focus();
  }, [state, inputId]);

  const button = (
    <button type="submit" aria-disabled={pending || undefined} className={TEXT_LINK}>
      {pending ? "Sending …" : `Send another ${what}`}
    </button>
  );
  return (
    <form {...form}>
      <div aria-live="polite">
        {state.sent && <p className="sr-only">Another {what} is on its way.</p>}
        {state.problem && (
          <div className="pb-3">
            <ProblemText {...state.problem} />
          </div>
        )}
      </div>
      {wait ? (
        <div className="flex min-h-6 items-center gap-2">
          {/* Made anew for each message, since each starts a wait of its own. */}
          <Countdown key={newest} {...wait} what={ACTIONS[what].words}>
            <span className="text-ink-soft">Nothing arrived?</span> {button}
          </Countdown>
          <div className="hidden noscript:block">{wait.ms > 0 && button}</div>
        </div>
      ) : (
        <p className="text-ink-soft">{otherwise}</p>
      )}
      {count > 1 && (
        <p className="mt-2 text-13 text-ink-soft">
          {count} {what}s were sent. Each of them works, whichever arrives first.
        </p>
      )}
    </form>
  );
}
