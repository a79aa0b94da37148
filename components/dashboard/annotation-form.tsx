"use client";

import { SubmitButton } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";

export interface AnnotationState {
  /** How many were made here: the fields are empty again after each. */
  times: number;
  /** Why it was not done. */
  problem: string | null;
}

interface AnnotationFormProps {
  action: (state: AnnotationState, form: FormData) => Promise<AnnotationState>;
  /** Unique in the page. */
  id: string;
  tz: string;
  /** By the zone's clock, as fields for moments have it. */
  when: string;
  /** Whose it is to be; of all without. */
  country: string | null;
}

const FIELD = "h-8 rounded-6 border border-edge bg-panel px-2.5";

/** Marks a moment on the time axis. */
export function AnnotationForm({ action, id, tz, when, country }: AnnotationFormProps) {
  const { state, pending, form } = useServerForm<AnnotationState>(action, { times: 0, problem: null });
  return (
    <form {...form} key={state.times} className="mt-2 flex flex-wrap items-end gap-3">
      <input type="hidden" name="tz" value={tz} />
      {country !== null && <input type="hidden" name="country" value={country} />}
      <p className="flex flex-col gap-1">
        <label htmlFor={`${id}-when`} className="text-ink-soft">
          When, in {tz}
        </label>
        <input
          id={`${id}-when`}
          name="when"
          type="datetime-local"
          defaultValue={when}
          required
          className={FIELD}
        />
      </p>
      <p className="flex min-w-48 grow flex-col gap-1">
        <label htmlFor={`${id}-what`} className="text-ink-soft">
          What happened
        </label>
        <input
          id={`${id}-what`}
          name="what"
          maxLength={100}
          required
          autoComplete="off"
          placeholder="New sender"
          className={`${FIELD} placeholder:text-ink-mute`}
        />
      </p>
      <SubmitButton size="small" pending={pending} pendingLabel="Marking …">
        Mark it
      </SubmitButton>
      <p aria-live="polite" className="basis-full text-bad empty:hidden">
        {state.problem}
      </p>
    </form>
  );
}
