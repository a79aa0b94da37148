/** Values that somebody sends who means no good, or whose program is broken. */
import fc from "fast-check";

const SPECIMENS = [
  "",
  " ",
  "\0",
  "a\0b",
  "%00",
  "%",
  "%zz",
  "%c0%ae",
  "..",
  "../../etc/passwd",
  "//evil.example/",
  "\\\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "null",
  "undefined",
  "NaN",
  "-1",
  "0",
  "1e309",
  "9".repeat(40),
  "0x1F",
  "__proto__",
  "constructor",
  "'; drop table message; --",
  "<script>alert(1)</script>",
  "${7*7}",
  "=1+1",
  "\r\nX-Injected: yes",
  "\u202e\u2066",
  "\ud800",
  "\ufeff",
  "١٢٣٤٥٦",
  "٣",
  "true",
  "2026-02-30T25:61:61Z",
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:01Z",
  "Europe/Nowhere",
  "Etc/GMT+99",
  "[]",
  "{}",
];

/** Text of any kind; long now and then. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SPECIMENS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 10 }).map((text) => text.repeat(400)) },
);

/** A JSON value of any kind. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 31) - 1, 1e308, [], {}) },
  { weight: 1, arbitrary: fc.constantFrom(nested(100), nested(1_000)) },
);

/** `[[[…]]]`. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}
