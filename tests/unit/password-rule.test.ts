import { beforeEach, expect, test } from "vitest";
import { dictionary } from "@zxcvbn-ts/language-common";
import { isEnoughAlone, passwordFault } from "@/lib/account/password-rule";
import { setEnv } from "@/lib/env";

beforeEach(() => setEnv({ BRAND_NAME: "Acme Bank" }));

const NUMBER = "+14155550123";

test.each([
  ["kuda moti", null],
  ["correct horse battery staple", null],
  ["ß".repeat(3) + "qvxz!", null],
  ["x7#Qp2!m".repeat(8) + "and so on", null],
  ["seven77", "too_short"],
  // Four characters once they are composed, which is what is hashed.
  ["e\u0301o\u0301e\u0301a\u0301", "too_short"],
  ["qx".repeat(128) + "z", "too_long"],
  ["password", "common"],
  ["PassWord", "common"],
  ["12345678", "common"],
  ["password2026!", "common"],
  ["passwordpassword", "common"],
  ["aaaaaaaaaaaaaaaa", "common"],
  ["012345678901234", "common"],
  ["qwertyuiopasdfgh", "common"],
  // One character that is 18 when it is hashed, and one that is two when it is counted carelessly.
  ["\uFDFA", "too_short"],
  ["\uFDFA".repeat(8), "common"],
  ["🐐🐑🐒🐓🐔🐕🐖", "too_short"],
  ["🐐🐑🐒🐓🐔🐕🐖🐗", null],
  ["aaaaaaaabbbbbbbb", "common"],
  ["111111222222333", "common"],
  ["abcdefghijklmno1", "common"],
  ["password!password?", "common"],
  ["password1password2", "common"],
  ["1q2w3e4r5t6y7u8i9o0p", "common"],
  ["1q2w3e4r5t6y7u8i9o0p!", "common"],
  // Few letters among other characters are no run.
  ["83749201a55", null],
  ["4e#90!27-ab", null],
  ["4155550123", "personal"],
  ["+1 (415) 555-0123", "personal"],
  ["tel. 555 0123", "personal"],
  ["AcmeBank", "personal"],
  ["acme-bank-2026!", "personal"],
  ["OTP Insights 1", "personal"],
  // A phrase may hold any of them.
  ["acme keeps my goats and the barley", null],
] as const)("%j is %s", (password, fault) => {
  expect(passwordFault(password, NUMBER)).toBe(fault);
});

test("the number is no reason where it is another's, or not known", () => {
  expect(passwordFault("4155550123", "+442071838750")).not.toBe("personal");
  expect(passwordFault("4155550123")).not.toBe("personal");
});

test("none of the three thousand commonest of the list is taken", () => {
  const longEnough = dictionary["passwords-common"].filter((password) => password.length >= 8);
  expect(longEnough.length).toBeGreaterThan(3_000);
  for (const password of longEnough.slice(0, 3_000)) expect(passwordFault(password), password).toBe("common");
});

test.each([
  ["fourteen chars", false],
  ["fifteen letters", true],
  ["\uFDFA", false],
  ["🐐🐑🐒🐓🐔🐕🐖🐗", false],
  ["🐐🐑🐒🐓🐔🐕🐖🐗 goats and", true],
  // Set before they were refused.
  ["aaaaaaaabbbbbbbb", false],
  ["111111222222333", false],
  ["abcdefghijklmno1", false],
  ["password!password?", false],
  ["1q2w3e4r5t6y7u8i9o0p", false],
])("%j alone: %s", (password, alone) => {
  expect(isEnoughAlone(password)).toBe(alone);
});
