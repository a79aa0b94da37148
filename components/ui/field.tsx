import type { ReactNode } from "react";
import { ProblemText, type Problem } from "./problem";

interface FieldProps {
  /** Of the control inside, which takes `describedBy(id)`. */
  id: string;
  label: string;
  hint?: ReactNode;
  problem?: Problem | null;
  children: ReactNode;
}

/** A form's control with its label, hint and problem, in this order for the eye and for screen readers. */
export function Field({ id, label, hint, problem, children }: FieldProps) {
  const marked = problem
    ? "before:absolute before:inset-y-0 before:-left-4 before:w-[3px] before:rounded-full before:bg-bad"
    : "";
  return (
    <div className={`relative flex flex-col gap-1 ${marked}`}>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-13 text-ink-soft empty:hidden">
        {hint}
      </p>
      {/* Always there, since a region announces what changes in it, not that it came. */}
      <div id={`${id}-problem`} aria-live="polite">
        {problem && <ProblemText {...problem} />}
      </div>
      {children}
    </div>
  );
}

/** The value of `aria-describedby` for a field's control. */
export function describedBy(id: string): string {
  return `${id}-hint ${id}-problem`;
}

/** How text fields and selects look. The ring of focus stands outside the border, so that both show. */
export const CONTROL =
  "h-11 w-full rounded-8 border border-edge bg-panel px-3 text-16 text-ink placeholder:text-ink-mute focus-visible:border-ink aria-invalid:border-2 aria-invalid:border-bad";
