"use client";

import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";

export interface AcknowledgeState {
  /** Why it was not kept. */
  problem: string | null;
}

interface AcknowledgeFormProps {
  action: (state: AcknowledgeState, form: FormData) => Promise<AcknowledgeState>;
  /** The incident. */
  id: string;
  /** What was said before. */
  note: string | null;
}

/** Says that what is wrong was seen, and what is known of it. */
export function AcknowledgeForm({ action, id, note }: AcknowledgeFormProps) {
  const { state, pending, form } = useServerForm<AcknowledgeState>(action, { problem: null });
  return (
    <details className="text-13 print:hidden">
      <summary className="w-fit rounded-[2px] py-1 font-medium text-ink-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-edge">
        {note === null ? "I have seen it" : "Change the note"}
      </summary>
      <form {...form} className="mt-2 flex flex-wrap items-end gap-3">
        <input type="hidden" name="id" value={id} />
        <p className="flex min-w-48 grow flex-col gap-1">
          <label htmlFor={`note-${id}`} className="text-ink-soft">
            What you know of it, if anything
          </label>
          <input
            id={`note-${id}`}
            name="note"
            maxLength={500}
            defaultValue={note ?? ""}
            autoComplete="off"
            placeholder="Carrier told, ticket 4711"
            className="h-8 rounded-6 border border-edge bg-panel px-2.5 placeholder:text-ink-mute"
          />
        </p>
        <SubmitButton size="small" pending={pending} pendingLabel="Saving …">
          Seen
        </SubmitButton>
        <p aria-live="polite" className="basis-full text-bad empty:hidden">
          {state.problem}
        </p>
      </form>
    </details>
  );
}
