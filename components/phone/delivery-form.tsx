"use client";

import { startTransition, useOptimistic, type ReactNode } from "react";
import { Button } from "../ui/button";
import { formatWait } from "../ui/format";
import { Icon } from "../ui/icon";
import { DELIVERY_ERRORS, errorInWords } from "./error-codes";
import { CHOICE, NO_SCRIPT_BUTTON, RADIO, SMALL_SELECT } from "./look";
import type { HandsetDelivery } from "./phone-view";

interface DeliveryFormProps {
  /** E.164. */
  number: string;
  /** How the number is written. */
  label: string;
  delivery: HandsetDelivery;
  action: (form: FormData) => Promise<void>;
}

/** The last is longer than a code works for: such a message runs out of its validity period. */
const DELAYS = [5, 20, 60, 300, 660];
const ERRORS = DELIVERY_ERRORS.filter((code) => code !== 30036);

/** How messages to a handset fare from now on. */
export function DeliveryForm({ number, label, delivery, action }: DeliveryFormProps) {
  const [shown, show] = useOptimistic(delivery);
  const seconds = shown.mode === "delayed" ? shown.seconds : 20;
  const errorCode = shown.mode === "failed" ? shown.errorCode : 30003;

  function change(next: HandsetDelivery) {
    startTransition(async () => {
      show(next);
      const form = new FormData();
      form.set("handset", number);
      for (const [name, value] of Object.entries(next)) form.set(name, String(value));
      await action(form);
    });
  }

  const radio = (mode: HandsetDelivery["mode"], next: HandsetDelivery, words: string) => (
    <label className="flex min-h-8 grow cursor-pointer items-center gap-3 text-13 font-medium">
      <input
        type="radio"
        name="mode"
        value={mode}
        checked={shown.mode === mode}
        onChange={() => change(next)}
        className={RADIO}
      />
      {words}
    </label>
  );

  return (
    <form action={action}>
      <input type="hidden" name="handset" value={number} />
      <fieldset>
        <legend className="sr-only">The next messages to {label}</legend>
        <div className={CHOICE}>
          {radio("normal", { mode: "normal" }, "Arrive at once")}
          <span className="text-12 text-ink-soft">within 5 s</span>
        </div>
        <div className={CHOICE}>
          {radio("delayed", { mode: "delayed", seconds }, "Arrive late")}
          <Select
            name="seconds"
            label="By how much"
            value={seconds}
            options={DELAYS}
            words={delayInWords}
            onChange={(value) => change({ mode: "delayed", seconds: value })}
          />
        </div>
        <div className={CHOICE}>
          {radio("failed", { mode: "failed", errorCode }, "Fail")}
          <Select
            name="errorCode"
            label="With which error"
            value={errorCode}
            options={ERRORS}
            words={errorInWords}
            onChange={(value) => change({ mode: "failed", errorCode: value })}
          />
        </div>
        <div className={CHOICE}>
          {radio("lost", { mode: "lost" }, "Get lost")}
          <span className="text-12 text-ink-soft">with no receipt</span>
        </div>
        <div className={CHOICE}>
          {radio("no-whatsapp", { mode: "no-whatsapp" }, "No WhatsApp")}
          <span className="text-12 text-ink-soft">texts arrive</span>
        </div>
      </fieldset>
      <div className={NO_SCRIPT_BUTTON}>
        <Button type="submit" size="small">
          Set
        </Button>
      </div>
    </form>
  );
}

function delayInWords(seconds: number): string {
  return `by ${formatWait(seconds)}`;
}

interface SelectProps {
  name: string;
  label: string;
  value: number;
  options: number[];
  words: (value: number) => ReactNode;
  onChange: (value: number) => void;
}

/** With the value there is, also where it was set by other means than this form. */
function Select({ name, label, value, options, words, onChange }: SelectProps) {
  const all = options.includes(value) ? options : [value, ...options];
  return (
    <span className="relative">
      <select
        name={name}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className={SMALL_SELECT}
      >
        {all.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
      </select>
      <Icon
        name="chevronDown"
        className="pointer-events-none absolute inset-y-0 right-2 my-auto size-3.5 text-ink-soft"
      />
    </span>
  );
}
