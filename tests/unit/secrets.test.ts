import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { codeBody, codeIn } from "@/lib/messaging/body";
import { drawCode, keyedHash, normalizeCode, secretHash } from "@/lib/verification/secrets";

const KEY = "a key of thirty-two bytes or more";

beforeEach(() => setEnv({ SECRET_KEY: KEY }));

describe("a code", () => {
  test.each([4, 6, 10])("has the configured length of %i, leading zeros included", (length) => {
    setEnv({ CODE_LENGTH: String(length) });
    for (let draw = 0; draw < 200; draw += 1) expect(drawCode()).toMatch(new RegExp(`^\\d{${length}}$`));
  });

  test("is drawn evenly over its digits", () => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 10_000; draw += 1) {
      for (const digit of drawCode()) counts.set(digit, (counts.get(digit) ?? 0) + 1);
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

describe("a message's text", () => {
  test("fits one segment, names the brand, its lifetime, and ends with the autofill line", () => {
    setEnv({ BRAND_NAME: "Acme", PUBLIC_BASE_URL: "https://login.acme.example" });
    const body = codeBody("482913", 600);
    expect(body).toBe(
      "482913 is your Acme code. It works for 10 minutes. Don't share it with anyone.\n\n@login.acme.example #482913",
    );
    expect(body.length).toBeLessThanOrEqual(160);
    expect(codeBody("482913", 599.7)).toContain("10 minutes");
    expect(codeBody("482913", 125)).toContain("2 minutes");
    expect(codeBody("482913", 20)).toContain("1 minute.");
  });

  test("gives its code back, and no other text gives one", () => {
    expect(codeIn(codeBody("0482", 600))).toBe("0482");
    expect(codeIn("Your parcel 482913 arrives today")).toBeNull();
    expect(codeIn("@otp.example #48")).toBeNull();
  });
});
