/** What people type and paste for numbers, codes and temporary passwords, in every script and with everything that sticks to it. */
import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { plainText, typedCode, typedDigits, typedPassword } from "@/lib/terms/typed-text";
import { parseRecipient } from "@/lib/verification/recipient";

beforeEach(() => setEnv({}));

/** The zeros of all scripts: decimal digits stand in runs of ten, some of them beside each other. */
const ZEROS: number[] = [];
for (let point = 0; point < 0x20000; point += 1) {
  if (!/^\p{Nd}$/u.test(String.fromCodePoint(point))) continue;
  ZEROS.push(point);
  point += 9;
}

const inScript = (digits: string, zero: number) =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

test.each(ZEROS.map((zero) => [zero.toString(16), zero] as const))(
  "the digits from U+%s stand for their values, in codes and in numbers",
  (_, zero) => {
    expect(plainText(inScript("0123456789", zero))).toBe("0123456789");
    expect(typedCode(inScript("482913", zero), 6)).toBe("482913");
    expect(typedDigits(inScript("4829", zero))).toBe("4829");
    expect(parseRecipient(`+${inScript("919812345678", zero)}`)).toMatchObject({
      recipient: { number: "+919812345678" },
    });
    expect(parseRecipient(inScript("07400123456", zero), "GB")).toMatchObject({
      recipient: { number: "+447400123456" },
    });
  },
);

/** What copying, contacts, documents and right-to-left keyboards put around and between. */
const UNSEEN = [
  "\u202a\u202c",
  "\u202d\u202c",
  "\u2066\u2069",
  "\u2068\u2069",
  "\u200e\u200f",
  "\u061c\u200b",
  "\ufeff\u2060",
  "\u00ad\u034f",
  "\ufe0d\ufe0f",
  "\u180e\u3164",
  "\u{e0020}\u{e01ef}",
  "\u200c\u200d",
  "\t\n",
  "\u00a0\u202f",
  "\u2009\u3000",
  "\r\u0085",
  "()",
  "[]",
  "（）",
];

test.each(UNSEEN.map((pair) => [JSON.stringify(pair), ...Array.from(pair)] as const))(
  "%s around and inside means nothing",
  (_, open = "", close = "") => {
    for (const text of [`${open}+1 201 555 0131${close}`, `+1${close}201${open}555${close}0131`]) {
      expect(parseRecipient(text), text).toMatchObject({ recipient: { number: "+12015550131" } });
    }
    for (const text of [`${open}07400 123456${close}`, `07400${open}123456`]) {
      expect(parseRecipient(text, "GB"), text).toMatchObject({ recipient: { number: "+447400123456" } });
    }
    expect(typedCode(`${open}482${close}913${open}`, 6)).toBe("482913");
    expect(typedPassword(`${open}kuda${close}moti-${open}rabe`)).toBe("kuda-moti-rabe");
  },
);

test.each([
  ["(+1) 201-555-0131", undefined, "+12015550131"],
  ["(+44) 7400 123456", "GB", "+447400123456"],
  [" +12015550131 ", undefined, "+12015550131"],
  ["＋1 201‑555–0131", undefined, "+12015550131"],
  ["+1−201−555−0131", undefined, "+12015550131"],
])("%s (%s) is a number", (text, country, number) => {
  expect(parseRecipient(text, country)).toMatchObject({ recipient: { number } });
});

describe("a pasted text", () => {
  test.each([
    ["[10:42] Your code is 095131", "095131"],
    ["Your code is 095-131.", "095131"],
    ["G-482913 is your code", "482913"],
    ["482913 is your OTP Insights code. It works for 10 minutes.\n\n@login.example.com #482913", "482913"],
    ["رمزك هو ٤٨٢٩١٣", "482913"],
    ["2026-11-26 10:42 Code: 482 913", "482913"],
    ["<#> 482913 is your code; call +1 201 555 0131", "482913"],
  ])("with one code in it is that code: %j", (text, code) => {
    expect(typedCode(text, 6)).toBe(code);
  });

  test.each([
    ["482913 or 482914"],
    ["Your code is 48291"],
    ["call 12015550131"],
    ["no code at all"],
    ["40249"],
    ["4024955"],
  ])("with none, or with more than one, is none: %j", (text) => {
    expect(typedCode(text, 6)).not.toMatch(/^\d{6}$/);
  });

  test("with one temporary password in it is that password", () => {
    const text = "Your temporary OTP Insights password is\nkuda-moti-rabe\nIt works for 10 minutes.";
    expect(typedPassword(text)).toBe("kuda-moti-rabe");
    expect(typedPassword("kuda-moti-rabe or baba-baba-baba")).not.toMatch(/^[a-z]{4}(-[a-z]{4}){2}$/);
  });
});
