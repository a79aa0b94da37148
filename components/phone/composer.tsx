"use client";

import { useEffect, useId, useRef } from "react";
import { useServerForm } from "../ui/use-server-form";
import { Icon } from "../ui/icon";
import { UNANSWERED, type AnswerState } from "./phone-view";

interface ComposerProps {
  /** E.164. */
  number: string;
  action: (state: AnswerState, form: FormData) => Promise<AnswerState>;
}

/** The phone's own line to write in: answers whoever wrote last. */
export function Composer({ number, action }: ComposerProps) {
  const id = useId();
  const { state, pending, form } = useServerForm(action, UNANSWERED);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.times > 0 && !state.problem && input.current) input.current.value = "";
  }, [state]);
  return (
    <form {...form} className="shrink-0 px-3 pt-1">
      <p id={`${id}-problem`} role="status" className="pb-1 text-12 font-medium text-bad empty:hidden">
        {state.problem}
      </p>
      <div className="flex gap-2">
        <input type="hidden" name="handset" value={number} />
        <input
          ref={input}
          name="body"
          aria-label="Text message"
          aria-describedby={`${id}-problem`}
          placeholder="Text message"
          maxLength={1_000}
          required
          dir="auto"
          autoComplete="off"
          className="h-9 min-w-0 grow rounded-full border border-edge bg-panel px-3.5 text-13 placeholder:text-ink-mute"
        />
        <button
          type="submit"
          aria-label="Send"
          aria-disabled={pending || undefined}
          className="flex size-9 shrink-0 items-center justify-center rounded-full bg-wash text-ink hover:bg-share"
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
