import { expect, test } from "vitest";
import { masked, redact } from "@/lib/log";

test("a number is shown by its ends only", () => {
  expect(masked("+12015550123")).toBe("+12…23");
  expect(masked("+12")).toBe("…");
});

test.each([
  ["to +12015550123 failed", "to +12…23 failed"],
  ["/x?To=%2B12015550123&b", "/x?To=%2B…23&b"],
  ["0012015550123", "001…23"],
  [
    "took 1200 ms, id 0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10",
    "took 1200 ms, id 0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10",
  ],
])("a text keeps no whole number: %s", (text, safe) => {
  expect(redact(text)).toBe(safe);
});
