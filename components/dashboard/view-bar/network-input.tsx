"use client";

import { useId, useState, type FocusEvent } from "react";
import { CONTROL, faultyField } from "./field-fault";
import type { ViewFault } from "./faults";
import { field } from "./view-form";

interface NetworkInputProps {
  id: string;
  name: string;
  /** Those of the view's country. */
  networks: readonly string[];
  fault: ViewFault | undefined;
}

/** A network by name, with those of the country that is chosen proposed: in this form, or else in the view. */
export function NetworkInput({ id, name, networks, fault }: NetworkInputProps) {
  const list = useId();
  const [proposed, setProposed] = useState<{ of: string; names: readonly string[] }>();
  async function propose({ currentTarget }: FocusEvent<HTMLInputElement>) {
    const country = currentTarget.form?.elements.namedItem(field.filter("country"));
    const of = country instanceof HTMLInputElement ? country.value.trim() : "";
    if (of === (proposed?.of ?? "")) return;
    const names = of === "" ? networks : await networksOf(of);
    setProposed({ of, names });
  }
  return (
    <>
      <input
        id={id}
        name={name}
        list={list}
        autoComplete="off"
        key={fault?.value}
        defaultValue={fault?.value}
        onFocus={(event) => void propose(event)}
        className={CONTROL}
        {...faultyField(id, fault)}
      />
      <datalist id={list}>
        {(proposed?.names ?? networks).map((network) => (
          <option key={network} value={network} />
        ))}
      </datalist>
    </>
  );
}

/** None when they cannot be had: proposals are no more than that. */
async function networksOf(country: string): Promise<string[]> {
  try {
    const answer = await fetch(`/view/networks?${new URLSearchParams({ country })}`);
    const names: unknown = answer.ok ? await answer.json() : [];
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}
