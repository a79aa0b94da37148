/** The fields of this page's forms. */
import type { ComponentProps, ReactNode } from "react";

const BOX =
  "max-w-full rounded-6 border border-edge bg-panel px-2.5 aria-invalid:border-2 aria-invalid:border-bad";

export const FIELD = `h-9 ${BOX}`;

/** What a form's action says of it. */
export interface FormState {
  /** How many were made here: the fields are empty again after each. */
  times: number;
  /** Why none was made, by field; of no field under "". */
  problems: Readonly<Record<string, string>>;
}

/** Of a form that says something of a place. */
export interface PlaceFormState extends FormState {
  /** What was done, in words; null before. */
  done: string | null;
}

/** Its mode where what was said is taken back. */
export const TAKE_BACK = "take-back";

export const UNTOUCHED: FormState = { times: 0, problems: {} };

interface LabelledProps {
  id: string;
  label: string;
  problem: string | null;
  className?: string;
  children: ReactNode;
}

export function Labelled({ id, label, problem, className = "", children }: LabelledProps) {
  return (
    <div className={`flex max-w-full min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-13 text-ink-soft">
        {label}
      </label>
      {children}
      <FieldProblem id={id} text={problem} />
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<"input">, "id" | "name" | "className"> {
  /** Unlike `name`, of one field of the page only. */
  id: string;
  name: string;
  label: string;
  problem: string | null;
  /** How wide it is; without, it takes what is left. */
  width?: string;
}

/** A line of text with its label, and what is wrong with it. */
export function TextField({ id, label, problem, width, ...input }: TextFieldProps) {
  return (
    <Labelled id={id} label={label} problem={problem} className={width === undefined ? "min-w-48 grow" : ""}>
      <input
        id={id}
        autoComplete="off"
        className={`${FIELD} ${width ?? "w-full"} placeholder:text-ink-mute`}
        aria-invalid={problem !== null || undefined}
        {...input}
      />
    </Labelled>
  );
}

/** Text that is longer than a line's field shows: all of it is to be read. */
export function TextArea({
  id,
  label,
  problem,
  ...input
}: Omit<ComponentProps<"textarea">, "id" | "className"> &
  Pick<TextFieldProps, "id" | "name" | "label" | "problem">) {
  return (
    <Labelled id={id} label={label} problem={problem}>
      <textarea
        id={id}
        className={`${BOX} w-full resize-y py-1.5`}
        aria-invalid={problem !== null || undefined}
        {...input}
      />
    </Labelled>
  );
}

/** Always there, so that what comes to stand in it is announced. */
export function FieldProblem({
  id,
  text,
  className = "",
}: {
  id: string;
  text: string | null;
  className?: string;
}) {
  return (
    <p id={`${id}-problem`} aria-live="polite" className={`text-13 text-bad empty:hidden ${className}`}>
      {text}
    </p>
  );
}
