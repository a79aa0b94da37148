"use client";

import { TEXT_LINK } from "../ui/text-link";
import { useServerForm } from "../ui/use-server-form";
import type { HandsetState } from "./handset-form";

interface SampleNumberProps {
  action: (state: HandsetState, form: FormData) => Promise<HandsetState>;
  /** E.164. */
  number: string;
  label: string;
}

/** Picks up a phone whose number nobody has. */
export function SampleNumber({ action, number, label }: SampleNumberProps) {
  const { pending, form } = useServerForm(action, { typed: { country: "", number }, problem: null });
  return (
    <form {...form} className="text-13 text-ink-soft">
      <input type="hidden" name="number" value={number} />
      No number at hand?{" "}
      <button type="submit" aria-disabled={pending || undefined} className={TEXT_LINK}>
        Take {label}
      </button>
    </form>
  );
}
