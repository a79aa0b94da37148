import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { keyedHash, secretHash } from "@/lib/secrets";
import {
  drawSecret,
  normalizeCode,
  normalizePassword,
  verificationOfToken,
} from "@/lib/verification/secrets";

const KEY = "a key of thirty-two bytes or more";

beforeEach(() => setEnv({ SECRET_KEY: KEY }));

describe("a code", () => {
  test.each([4, 6, 10])("has the configured length of %i, leading zeros included", (length) => {
    setEnv({ CODE_LENGTH: String(length) });
    for (let draw = 0; draw < 200; draw += 1)
      expect(drawSecret("code", "")).toMatch(new RegExp(`^\\d{${length}}$`));
  });

  test("is drawn evenly over its digits", () => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 10_000; draw += 1) {
      for (const digit of drawSecret("code", "")) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    // 60,000 digits, 6,000 of each: eight standard deviations are some 600.
    for (let digit = 0; digit <= 9; digit += 1) {
      expect(Math.abs(counts.get(String(digit))! - 6000)).toBeLessThan(600);
    }
  });

  test.each([
    ["482913", "482913"],
    ["482 913", "482913"],
    [" 482-913\n", "482913"],
    ["482–913", "482913"],
    ["４８２９１３", "482913"],
    ["٤٨٢٩١٣", "482913"],
    ["۴۸۲۹۱۳", "482913"],
    ["४८२९१३", "482913"],
    ["\u200f482913\u200e", "482913"],
    ["my code", "mycode"],
  ])("%j is read as %j", (typed, code) => {
    expect(normalizeCode(typed)).toBe(code);
  });
});

describe("a secret's hash", () => {
  const id = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";

  test("has 32 bytes and is the same for the same secret", () => {
    expect(secretHash(id, "482913")).toHaveLength(32);
    expect(secretHash(id, "482913")).toEqual(secretHash(id, "482913"));
  });

  test("differs by verification, by secret, by purpose and by key", () => {
    const hash = secretHash(id, "482913");
    expect(secretHash(id.replace("0198", "0199"), "482913")).not.toEqual(hash);
    expect(secretHash(id, "482914")).not.toEqual(hash);
    expect(keyedHash("session", `${id}:482913`)).not.toEqual(hash);
    setEnv({ SECRET_KEY: `${KEY}.` });
    expect(secretHash(id, "482913")).not.toEqual(hash);
  });
});

describe("a link's token", () => {
  const id = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";

  test("names its verification, is never drawn twice, and fits a URL", () => {
    const tokens = Array.from({ length: 100 }, () => drawSecret("link", id));
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(verificationOfToken(token)).toBe(id);
    }
  });

  test.each(["", "x", "a".repeat(42), "a".repeat(44), "../".repeat(14) + "a", "%".repeat(43)])(
    "is none: %s",
    (text) => expect(verificationOfToken(text)).toBeNull(),
  );
});

describe("a temporary password", () => {
  test("can be read aloud, and comes back however it was typed", () => {
    for (let draw = 0; draw < 100; draw += 1) {
      const password = drawSecret("temporary_password", "");
      expect(password).toMatch(/^([bdfgkmnprstvz][aeiou]){2}(-([bdfgkmnprstvz][aeiou]){2}){2}$/);
      expect(normalizePassword(password.toUpperCase().replaceAll("-", " "))).toBe(password);
      expect(normalizePassword(` ${password.replaceAll("-", "")}\n`)).toBe(password);
    }
  });
});
