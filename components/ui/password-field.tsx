"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { CONTROL, describedBy, Field } from "./field";
import type { Problem } from "./problem";

interface PasswordFieldProps {
  id: string;
  label: string;
  hint?: ReactNode;
  problem?: Problem | null;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  /** For password managers that make one up. */
  minLength?: number;
}

/** A password, which can be looked at while it is typed. What was typed is never shown again by the server. */
export function PasswordField(props: PasswordFieldProps) {
  const { id, label, hint, problem, autoComplete, autoFocus, minLength } = props;
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem) input.current?.focus();
  }, [problem]);
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <div className="relative">
        <input
          ref={input}
          id={id}
          name={id}
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          minLength={minLength}
          maxLength={300}
          autoFocus={autoFocus}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id)}
          className={`${CONTROL} pr-16 noscript:pr-3`}
        />
        <button
          type="button"
          aria-controls={id}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-1 right-1 rounded-6 px-3 text-13 font-medium text-accent hover:bg-wash noscript:hidden"
        >
          {shown ? "Hide" : "Show"}
          <span className="sr-only"> {label.toLowerCase()}</span>
        </button>
      </div>
    </Field>
  );
}
