import { beforeEach, expect, test } from "vitest";
import { setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { parseRecipient } from "@/lib/verification/recipient";

beforeEach(() => setEnv({}));

test.each([
  ["+12015550123", undefined, { number: "+12015550123", country: "US", block: "+12015550" }],
  ["+1 (201) 555-0123", undefined, { number: "+12015550123", country: "US" }],
  ["201 555 0123", "US", { number: "+12015550123", country: "US" }],
  ["07400 123456", "GB", { number: "+447400123456", country: "GB" }],
  // The international form wins over the country chosen beside it.
  ["+49 1512 3456789", "GB", { number: "+4915123456789", country: "DE" }],
  // +1, +7 and +44 are shared: the country is never read off the calling code.
  ["+14165550123", undefined, { country: "CA" }],
  ["+77012345678", undefined, { country: "KZ" }],
  ["+447911123456", undefined, { country: "GG" }],
  // Twilio's test numbers.
  ["+15005550006", undefined, { number: "+15005550006", country: "US" }],
  ["+15005550001", undefined, { country: "US" }],
])("%s (%s) is a recipient", (text, country, expected) => {
  expect(parseRecipient(text, country)).toMatchObject({ ok: true, recipient: expected });
});

test.each([
  ["+442079460123", /landline/],
  ["+18005550123", /toll-free/],
  ["+19005550123", /premium/],
  ["+447012345678", /personal/],
  ["+80012345678", /country|toll-free/],
  ["+881612345678", /country|in use/],
  ["+447700900123", /in use/],
  ["+120155", /in use/],
  ["+999123456789", /not a phone number/],
  ["2015550123", /country's code/],
  ["+12015550123;ext=5", /extension/],
  ["call +12015550123 now", /not a phone number/],
  ["+12015550123".padEnd(50), /too long/],
])("%s is none, and says why", (text, why) => {
  const parsed = parseRecipient(text);
  expect(parsed).toMatchObject({ ok: false, why: expect.stringMatching(why) });
  expect(JSON.stringify(parsed)).not.toContain(text.slice(0, 10));
});

test("the numbers reserved for films are taken where messages go to the simulator", () => {
  setEnv({ TWILIO_ACCOUNT_SID: SIMULATOR_ACCOUNT_SID });
  expect(parseRecipient("+44 7700 900123")).toMatchObject({
    ok: true,
    recipient: { number: "+447700900123", country: "GB" },
  });
});
