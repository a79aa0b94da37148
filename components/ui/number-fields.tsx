"use client";

import { useEffect, useRef, useState } from "react";
import { CONTROL, describedBy, Field } from "./field";
import { Flag } from "./flag";
import { Icon } from "./icon";
import type { Country } from "./phone-number";
import type { Problem } from "./problem";

/** What was typed, to be shown again. */
export interface TypedNumber {
  country: string;
  number: string;
}

interface NumberFieldsProps {
  countries: readonly Country[];
  typed: TypedNumber;
  problem: Problem | null;
  autoFocus?: boolean;
  /** `username` beside a password, so that password managers know whose it is. */
  autoComplete?: "tel" | "username";
}

/** A country and a number. National and international numbers are both understood, so there is no field for the code. */
export function NumberFields(props: NumberFieldsProps) {
  const { countries, typed, problem, autoFocus, autoComplete = "tel" } = props;
  const [country, setCountry] = useState(typed.country);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem) input.current?.focus();
  }, [problem]);
  const example = countries.find(({ code }) => code === country)?.example;
  return (
    <>
      <Field id="country" label="Country">
        <div className="relative">
          {/* Without scripts it could not follow the choice. */}
          <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center noscript:hidden">
            <Flag country={country} />
          </span>
          <select
            id="country"
            name="country"
            autoComplete="country"
            value={country}
            onChange={(event) => setCountry(event.target.value)}
            className={`${CONTROL} appearance-none truncate pr-10 pl-11 noscript:pl-3`}
          >
            {countries.map(({ code, name, callingCode }) => (
              <option key={code} value={code}>
                {name} (+{callingCode})
              </option>
            ))}
          </select>
          <Icon
            name="chevronDown"
            className="pointer-events-none absolute inset-y-0 right-3 my-auto text-ink-soft"
          />
        </div>
      </Field>
      <Field
        id="number"
        label="Mobile number"
        hint={example && `For example ${example}. Starting with + works too.`}
        problem={problem}
      >
        <input
          ref={input}
          id="number"
          name="number"
          type="tel"
          autoComplete={autoComplete}
          maxLength={80}
          defaultValue={typed.number}
          autoFocus={autoFocus}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy("number")}
          className={CONTROL}
        />
      </Field>
    </>
  );
}
