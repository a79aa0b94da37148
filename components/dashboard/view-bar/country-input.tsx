"use client";

import { useId, useState } from "react";
import { COUNTRY_CODES } from "../../ui/country-codes";
import { countryName } from "../../ui/format";
import { CONTROL, faultyField } from "./field-fault";
import type { ViewFault } from "./faults";

interface CountryInputProps {
  id: string;
  name: string;
  fault: ViewFault | undefined;
}

/** A country by name or code. Its names are proposed once it is used: 245 of them would weigh on every page. */
export function CountryInput({ id, name, fault }: CountryInputProps) {
  const list = useId();
  const [used, setUsed] = useState(false);
  return (
    <>
      <input
        id={id}
        name={name}
        list={list}
        autoComplete="off"
        placeholder="Brazil"
        key={fault?.value}
        defaultValue={fault?.value}
        onFocus={() => setUsed(true)}
        className={CONTROL}
        {...faultyField(id, fault)}
      />
      <datalist id={list}>
        {used && COUNTRY_CODES.map((code) => <option key={code} value={countryName(code)} />)}
      </datalist>
    </>
  );
}
