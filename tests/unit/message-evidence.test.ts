/** What is kept of a callback, what a search understands, and what is copied for Twilio's support. */
import { describe, expect, test } from "vitest";
import { supportText } from "@/components/messages/support-text";
import { activeFilters } from "@/components/dashboard/view-bar/filters";
import { readMessageKey } from "@/lib/api/insights/search-key";
import { keptParameters } from "@/lib/delivery/callback-parameters";
import type { LoggedMessage } from "@/lib/insights/reports/messages";

describe("a callback is kept", () => {
  test("with the recipient's number masked wherever it stands, and all else as it came", () => {
    const kept = keptParameters({
      To: "whatsapp:+14155550123",
      From: "+15005550006",
      MessageStatus: "undelivered",
      ErrorCode: 30003,
      "New+14155550123": ["14155550123", "x"],
      Gone: undefined,
    });
    expect(JSON.parse(kept)).toEqual({
      To: "whatsapp:+14155550•••",
      From: "+15005550006",
      MessageStatus: "undelivered",
      ErrorCode: "30003",
      "New+14155550•••": "14155550•••, x",
    });
  });

  test("short, and as PostgreSQL can keep it", () => {
    const kept = JSON.parse(
      keptParameters({
        ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, "x"])),
      }),
    ) as object;
    expect(Object.keys(kept)).toHaveLength(60);
    const odd = keptParameters({ a: "😀".repeat(600), b: "a\u0000b", c: "\\u0000" });
    expect(odd).not.toMatch(/(?<!\\)\\u0000|\\ud83d"/);
    expect(JSON.parse(odd)).toMatchObject({ a: "😀".repeat(500), b: "ab", c: "\\u0000" });
  });
});

test.each([
  ["SM0123456789abcdef0123456789abcdef", { by: "sid", sid: "SM0123456789abcdef0123456789abcdef" }],
  ["sm0123456789ABCDEF0123456789abcdef", { by: "sid", sid: "SM0123456789abcdef0123456789abcdef" }],
  [
    " \u2068MM0123456789abcdef0123456789abcdef\u2069",
    { by: "sid", sid: "MM0123456789abcdef0123456789abcdef" },
  ],
  ["01A21760-3068-7BD2-8583-521D31898B16", { by: "id", id: "01a21760-3068-7bd2-8583-521d31898b16" }],
  ["+1 415 555 0123", { by: "number", number: "+14155550123" }],
])("%j is looked for as what it is", (text, key) => {
  expect(readMessageKey(text)).toEqual({ ok: true, key });
});

test.each(["SM123", "SM0123456789abcdef0123456789abcdeg", "12", ""])("%j is nothing to look for", (text) => {
  expect(readMessageKey(text)).toMatchObject({ ok: false });
});

test("Twilio's support gets SIDs, times in UTC, the carrier and the code, and no whole number", () => {
  const message: LoggedMessage = {
    id: "01a21760-3068-7bd2-8583-521d31898b16",
    verificationId: null,
    sid: "SM0123456789abcdef0123456789abcdef",
    to: "+5511987654•••",
    country: "BR",
    network: "Claro",
    block: "+5511987654",
    action: "code",
    channel: "sms",
    sentFrom: null,
    locale: "en",
    sender: "+15005550006",
    attempt: 1,
    status: "undelivered",
    outcome: "error",
    errorCode: 30003,
    errorWords: "The handset cannot be reached",
    requestedAt: new Date("2026-11-26T09:00:00Z"),
    acceptedAt: new Date("2026-11-26T09:00:01Z"),
    sentAt: null,
    deliveredAt: null,
    failedAt: new Date("2026-11-26T09:00:09.500Z"),
    refusedAt: null,
    confirmedAt: null,
    late: false,
    price: null,
    priceUnit: null,
    segments: 1,
    feedback: null,
  };
  const others = Array.from({ length: 9 }, (_, i) => ({ ...message, sid: `SM${String(i).repeat(32)}` }));
  expect(supportText(message, { sender: "+1 500 555 0006", others }).split("\n")).toEqual([
    "Message SID: SM0123456789abcdef0123456789abcdef",
    "Status: undelivered",
    "Error code: 30003 (The handset cannot be reached)",
    "From: +1 500 555 0006",
    "To: +5511987654xxx, Brazil (BR)",
    "Carrier: Claro",
    "Kind of message: Code",
    "Requested: 2026-11-26T09:00:00.000Z",
    "Accepted: 2026-11-26T09:00:01.000Z",
    "Failed: 2026-11-26T09:00:09.500Z",
    `Other messages of the same verification: ${[0, 1, 2, 3].map((i) => `SM${String(i).repeat(32)}`).join(", ")}`,
  ]);
});

test("chips say what became of messages in words", () => {
  const words = activeFilters({
    failed: "true",
    late: "false",
    unreported: "true",
    feedback: "refused",
    feedbackError: "20404",
  }).map(({ kind, words: said }) => `${kind}: ${said}`);
  expect(words).toEqual([
    "Outcome: Failed, undelivered or refused",
    "Outcome: Not confirmed late",
    "Outcome: Not reported to Twilio",
    "Feedback: Refused",
    "Feedback’s fault: 20404",
  ]);
});
