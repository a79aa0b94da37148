"use client";

import { useId, useState } from "react";
import { COUNTRY_CODES } from "../../ui/country-codes";
import { countryName } from "../../ui/format";

/** A country by name or code. Its names are proposed once it is used: 245 of them would weigh on every page. */
export function CountryInput({ name, className }: { name: string; className: string }) {
  const id = useId();
  const [used, setUsed] = useState(false);
  return (
    <>
      <input
        name={name}
        list={id}
        autoComplete="off"
        placeholder="Brazil"
        onFocus={() => setUsed(true)}
        className={className}
      />
      <datalist id={id}>
        {used && COUNTRY_CODES.map((code) => <option key={code} value={countryName(code)} />)}
      </datalist>
    </>
  );
}
