/** Who holds a number's range: our data, and the package it is from. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rangeHolder } from "@/lib/verification/range-holder";
import { packagedHolders } from "@/scripts/range-holders/packaged";

test("our data is the package's: `npm run range-holders` takes it anew", () => {
  const ours: unknown = JSON.parse(readFileSync("lib/verification/range-holders.json", "utf8"));
  expect(ours).toEqual(Object.fromEntries(packagedHolders()));
});

test("of several ranges the longest counts, and who is in none has no holder", () => {
  expect(rangeHolder("62", "8111234567")).toBe("Telkomsel");
  expect(rangeHolder("55", "11")).toBeNull();
  expect(rangeHolder("1", "2015550123")).toBeNull();
  expect(rangeHolder("000", "1")).toBeNull();
});
