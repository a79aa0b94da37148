"use client";

import { useId } from "react";
import { AddFold } from "./add-fold";
import { Button } from "../ui/button";
import { useServerForm } from "../ui/use-server-form";
import type { HandsetState } from "./handset-form";

interface AddByNumberProps {
  action: (state: HandsetState, form: FormData) => Promise<HandsetState>;
}

/**
 * Adds a handset, where there is little room: by its whole number. It stands beside the login's own fields for a country and
 * a number, so its words are others.
 */
export function AddByNumber({ action }: AddByNumberProps) {
  const id = useId();
  const { state, pending, form } = useServerForm(action, {
    typed: { country: "", number: "" },
    problem: null,
  });
  const { typed, problem } = state;
  return (
    <AddFold open={problem !== null}>
      <form {...form} noValidate className="flex flex-col gap-1 px-3 pb-3">
        <label htmlFor={id} className="text-12 text-ink-soft">
          Its whole number, beginning with +
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            name="number"
            type="tel"
            autoComplete="off"
            maxLength={40}
            defaultValue={typed.number}
            aria-invalid={problem ? true : undefined}
            aria-describedby={`${id}-problem`}
            className="h-8 min-w-0 grow rounded-6 border border-edge bg-panel px-2.5 text-13 aria-invalid:border-bad"
          />
          <Button type="submit" size="small" aria-disabled={pending || undefined}>
            Add
          </Button>
        </div>
        <p id={`${id}-problem`} role="status" className="text-12 text-bad empty:hidden">
          {problem && `${problem.title} ${problem.remedy}`}
        </p>
      </form>
    </AddFold>
  );
}
