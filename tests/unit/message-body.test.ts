import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { languageOf, messageBody, noticeBody, secretIn } from "@/lib/messaging/body";
import { TEMPLATES } from "@/lib/messaging/templates";
import { ACTION_NAMES, actionsThat, type TrackedAction } from "@/lib/terms/actions";
import { drawSecret } from "@/lib/verification/secrets";
import { countSegments } from "@/simulator/twilio/segments";

const ID = "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10";
const LANGUAGES = Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[];
const SECRET_ACTIONS = actionsThat("returnsSecret");

/** Their alphabets are not in GSM 7-bit, so a segment holds 70 characters. */
const UCS2 = new Set<string>(["ar", "hi"]);

beforeEach(() => setEnv({ BRAND_NAME: "OTP Insights", PUBLIC_BASE_URL: "https://login.example.com" }));

const body = (action: TrackedAction, locale: string, secret = drawSecret(action, ID)) =>
  messageBody({ action, secret, secondsLeft: 600, locale, country: "US" });

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(ACTION_NAMES)("the text for %s is whole, and one segment where the alphabet allows", (action) => {
    const text = body(action, language);
    expect(text).not.toMatch(/[{}]/);
    expect(text).toContain("OTP Insights");
    expect(countSegments(text)).toBeLessThanOrEqual(UCS2.has(language) ? 4 : 1);
  });

  test.each(SECRET_ACTIONS)("the secret of %s is found again", (action) => {
    const secret = drawSecret(action, ID);
    expect(secretIn(body(action, language, secret))).toBe(secret);
  });

  test("the answers to a reply are one segment where the alphabet allows", () => {
    const { thanks, nothingToConfirm, notUnderstood, typeIt } = TEMPLATES[language];
    for (const text of [thanks, nothingToConfirm, notUnderstood, typeIt]) {
      expect(countSegments(text)).toBeLessThanOrEqual(UCS2.has(language) ? 2 : 1);
    }
  });
});

test.each(["US", "MX", "FR", "DE", "BR", "EG", "IN", "ID"])(
  "a notice in the language of %s is whole, short and without a secret",
  (country) => {
    const text = noticeBody("password_set", country);
    expect(text).not.toMatch(/[{}]/);
    expect(text).toContain("OTP Insights");
    expect(countSegments(text)).toBeLessThanOrEqual(UCS2.has(languageOf(null, country)) ? 2 : 1);
    expect(secretIn(text)).toBeNull();
  },
);

test("a code's text ends with the line browsers fill in from, for the public host", () => {
  expect(body("code", "en", "482913")).toBe(
    "482913 is your OTP Insights code. It works for 10 minutes. Don't share it with anyone.\n\n@login.example.com #482913",
  );
});

test("a Latin name in Arabic text is isolated, so that it does not reorder the sentence", () => {
  expect(body("code", "ar")).toContain("\u2068OTP Insights\u2069");
});

test("a reply's text, and any other, has no secret", () => {
  expect(secretIn(body("reply", "en"))).toBeNull();
  expect(secretIn("Your parcel 482913 arrives today")).toBeNull();
});

test.each([
  [null, "US", "en"],
  [null, "MX", "es"],
  [null, "BR", "pt"],
  [null, "EG", "ar"],
  [null, "IN", "hi"],
  [null, "ID", "id"],
  ["de", "US", "de"],
  ["pt-BR", "US", "pt"],
  ["AR-eg", "US", "ar"],
  // Extensions, private use, variants, and as Java and POSIX write them.
  ["es-u-ms-metric", "US", "es"],
  ["ar-EG-u-nu-latn", "US", "ar"],
  ["de-x-formal", "US", "de"],
  ["de-1996", "US", "de"],
  ["pt_BR", "US", "pt"],
  ["fr_CA.UTF-8", "US", "fr"],
  // Old and three-letter codes.
  ["in", "US", "id"],
  ["in-ID", "US", "id"],
  ["ind", "US", "id"],
  ["spa", "US", "es"],
  ["hin", "US", "hi"],
  ["por-BR", "US", "pt"],
  ["ger", "US", "de"],
  ["arb", "US", "ar"],
  // What is no tag says nothing.
  ["en-", "MX", "en"],
  ["i-klingon", "MX", "es"],
  ["x-private", "MX", "es"],
  ["", "MX", "es"],
  ["🙂", "MX", "es"],
  // Without a text in it: the country's.
  ["ja", "FR", "fr"],
  ["constructor", "JP", "en"],
] as const)("locale %s in %s is written in %s", (locale, country, language) => {
  expect(languageOf(locale, country)).toBe(language);
});

describe("a length of time", () => {
  const lasts = (locale: string, secondsLeft: number) =>
    messageBody({ action: "code", secret: "482913", secondsLeft, locale, country: "US" });

  test.each([
    ["en", 60, "for 1 minute."],
    ["en", 89, "for 1 minute."],
    ["en", 119, "for 1 minute."],
    ["en", 151, "for 2 minutes."],
    ["en", 30, "for 1 minute."],
    ["es", 60, "Vale 1 minuto."],
    ["fr", 60, "valable 1 minute."],
    ["fr", 120, "valable 2 minutes."],
    ["de", 60, "gilt 1 Minute."],
    ["de", 600, "gilt 10 Minuten."],
    ["pt", 60, "por 1 minuto."],
    ["ar", 60, "لمدة دقيقة واحدة."],
    ["ar", 120, "لمدة دقيقتين."],
    ["ar", 180, "لمدة 3 دقائق."],
    ["ar", 600, "لمدة 10 دقائق."],
    ["ar", 660, "لمدة 11 دقيقة."],
    ["ar", 1800, "لمدة 30 دقيقة."],
    ["hi", 60, "1 मिनट"],
    ["id", 60, "Berlaku 1 menit."],
  ])(
    "in %s, of %i s, has its language's plural and is never longer than it is: %s",
    (locale, left, words) => {
      expect(lasts(locale, left)).toContain(words);
    },
  );

  test.each(LANGUAGES)("is whole in %s for every number of minutes", (language) => {
    for (let minutes = 1; minutes <= 120; minutes += 1) {
      const text = lasts(language, minutes * 60);
      expect(text.split("\n")[0]).not.toMatch(/[#{}]|undefined/);
      if (minutes > 2) expect(text).toContain(` ${minutes} `);
    }
  });
});
