import { describe, expect, test } from "vitest";

import { toE164, toSender } from "@/simulator/twilio/phone-number";
import { receiptDate, rfc2822 } from "@/simulator/twilio/rfc2822";
import { countSegments } from "@/simulator/twilio/segments";
import { messagesInTwiml, spokenInTwiml } from "@/simulator/webhooks/twiml";

describe("segments", () => {
  test.each([
    ["an empty text", "", 1],
    ["160 GSM-7 characters", "a".repeat(160), 1],
    ["161 GSM-7 characters", "a".repeat(161), 2],
    ["306 GSM-7 characters", "a".repeat(306), 2],
    ["307 GSM-7 characters", "a".repeat(307), 3],
    ["80 characters of the extension table", "€".repeat(80), 1],
    ["81 characters of the extension table", "€".repeat(81), 2],
    [
      "two segments, had an escape not to stay with its character",
      `${"a".repeat(152)}€${"a".repeat(152)}`,
      3,
    ],
    ["70 characters beyond GSM-7", "я".repeat(70), 1],
    ["71 characters beyond GSM-7", "я".repeat(71), 2],
    ["one character beyond GSM-7 among many", `${"a".repeat(70)}я`, 2],
    ["35 emoji", "👍".repeat(35), 1],
    ["67 emoji, of which none is cut in half", "👍".repeat(67), 3],
    ["line breaks, @ and accents of GSM-7", "é@\r\nÅ".repeat(32), 1],
  ])("%s", (_case, text, segments) => {
    expect(countSegments(text)).toBe(segments);
  });
});

describe("dates", () => {
  test("are written as Twilio writes them", () => {
    expect(rfc2822(Date.UTC(2015, 6, 30, 20, 12, 31, 999))).toBe("Thu, 30 Jul 2015 20:12:31 +0000");
    expect(rfc2822(Date.UTC(2024, 1, 29, 0, 0, 5))).toBe("Thu, 29 Feb 2024 00:00:05 +0000");
  });

  test("are written as carriers write them", () => {
    expect(receiptDate(Date.UTC(2026, 0, 2, 3, 4, 59))).toBe("2601020304");
  });
});

describe("numbers", () => {
  test.each([
    ["+447911123456", "+447911123456"],
    ["+44 (0)", null],
    ["+1 415-555.2671", "+14155552671"],
    ["447911123456", null],
    ["+0123456789", null],
    ["+1234567890123456", null],
    ["whatsapp:+447911123456", null],
  ])("%s", (given, number) => {
    expect(toE164(given)).toBe(number);
  });

  test("may be short codes or names for senders", () => {
    expect(["12345", "ACME Bank", "+15017122661", "A name too long", "1234567890"].map(toSender)).toEqual([
      "12345",
      "ACME Bank",
      "+15017122661",
      null,
      null,
    ]);
  });
});

describe("TwiML", () => {
  test.each([
    ["nothing", "<Response/>", []],
    ["an empty answer", "", []],
    ["one message", "<Response><Message>Hi</Message></Response>", ["Hi"]],
    ["two messages", "<Response><Message>A</Message><Message to='+1'>B</Message></Response>", ["A", "B"]],
    ["a body", "<Response><Message><Body>Hi</Body><Media>https://x</Media></Message></Response>", ["Hi"]],
    ["an empty message before another", "<Response><Message/><Message>B</Message></Response>", ["B"]],
    [
      "entities",
      "<Response><Message>&lt;1 &amp; 2&gt; &#38; &#x1F44D; &bogus;</Message></Response>",
      ["<1 & 2> & 👍 &bogus;"],
    ],
  ])("%s", (_case, twiml, messages) => {
    expect(messagesInTwiml(twiml)).toEqual(messages);
  });
  test("speaks what is to be said, and nothing else", () => {
    const twiml =
      '<Response><Say language="en-US">Thanks &amp; bye.</Say><Pause/><Say>Again.</Say><Hangup/></Response>';
    expect(spokenInTwiml(twiml)).toEqual(["Thanks & bye.", "Again."]);
    expect(spokenInTwiml("<Response><Message>Hi</Message></Response>")).toEqual([]);
  });
});
