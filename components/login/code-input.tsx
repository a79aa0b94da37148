"use client";

import { useEffect, useRef, useState, type InputEvent } from "react";
import { typedCode, typedDigits } from "@/lib/terms/typed-text";
import { describedBy } from "../ui/field";
import type { Problem } from "../ui/problem";
import { codeFromMessage } from "./web-otp";

/** As class names, since a style attribute is what a strict Content-Security-Policy refuses. */
const SLOTS: Record<number, string> = {
  4: "[--slots:4]",
  5: "[--slots:5]",
  6: "[--slots:6]",
  7: "[--slots:7]",
  8: "[--slots:8]",
  9: "[--slots:9]",
  10: "[--slots:10]",
};

interface CodeInputProps {
  id: string;
  length: number;
  /** What was typed before, to be corrected. */
  typed: string;
  /** What the server said is wrong with it. */
  problem: Problem | null;
  invalid: boolean;
  readOnly: boolean;
  /** Whether a code is the one that was sent last: it is not sent by itself again. */
  isSent: (code: string) => boolean;
}

/**
 * One input for the whole code, so that autofill, paste and screen readers meet what they know; the slots are drawn over
 * it. Its form is submitted by itself, once, when the code is complete.
 */
export function CodeInput({ id, length, typed, problem, invalid, readOnly, isSent }: CodeInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const isFull = typedDigits(typed).length === length;
  const [full, setFull] = useState(isFull);
  const [answered, setAnswered] = useState(problem);
  if (answered !== problem) {
    setAnswered(problem);
    setFull(isFull);
  }

  useEffect(() => {
    const field = input.current;
    if (!problem || !field) return;
    // What stays is the server's to say: it takes a wrong code's digits away.
    field.value = typed;
    field.focus();
    field.select();
  }, [problem, typed]);

  useEffect(() => {
    const gone = new AbortController();
    void codeFromMessage(gone.signal).then((code) => {
      const field = input.current;
      if (!code || !field || field.readOnly) return;
      field.value = code;
      // As if it had been typed: it is submitted by itself.
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return () => gone.abort();
  }, []);

  function onInput({ currentTarget: field, nativeEvent }: InputEvent<HTMLInputElement>) {
    const read = typedCode(field.value, length);
    const digits = read.length === length && read === typedDigits(read) ? read : typedDigits(field.value);
    // One key too many changes nothing. Pasted, it may be anything, and nothing is sent that was not meant.
    const code = isOneKey(nativeEvent) ? digits.slice(0, length) : digits;
    if (field.value !== code) field.value = code;
    setFull(code.length === length);
    if (code.length !== length || isSent(code)) return;
    field.form?.requestSubmit();
  }

  return (
    <div
      className={`code-box relative mt-1 h-15 rounded-8 border bg-panel has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${SLOTS[length]} ${invalid ? "border-2 border-bad" : "border-edge has-focus-visible:border-ink"}`}
    >
      <div aria-hidden="true" className="code-slots pointer-events-none absolute inset-x-0 bottom-3 z-10">
        {Array.from({ length }, (_, slot) => (
          <span key={slot} className="mx-auto h-0.5 w-full max-w-6 bg-edge" />
        ))}
      </div>
      <input
        ref={input}
        id={id}
        name="code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        autoFocus
        readOnly={readOnly}
        defaultValue={typed}
        onInput={onInput}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy(id)}
        // A caret after the last digit would stand in a slot that is not there.
        className={`code-input absolute inset-y-0 left-0 h-full bg-transparent pb-1 font-mono text-28 focus-visible:outline-none ${full ? "caret-transparent" : "caret-accent"}`}
      />
    </div>
  );
}

/** Whether it was typed, rather than pasted or filled in. */
function isOneKey(event: Event): boolean {
  return "inputType" in event && event.inputType === "insertText";
}
