/** What people and programs text and call, and what they are answered. */
import { describe, expect, test } from "vitest";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { useProduct } from "@/tests/support/product";
import { callUs, newSid, textUs } from "@/tests/support/webhook";

const product = useProduct();

const THANKS = "Thank you. Your number is confirmed.";
const NOTHING = expect.stringContaining("nothing to confirm");
const HOW = "To confirm your number, reply YES.";
const TYPE_IT = expect.stringContaining("Type the code");

async function start(action = "reply", to = product.number()) {
  const { status, body } = await product.call("POST", "/api/verifications", { to, action });
  expect(status, JSON.stringify(body)).toBe(201);
  return { to, id: body.id as string, sid: body.messageSid as string };
}

const statusOf = async (id: string) => (await product.call("GET", `/api/verifications/${id}`)).body.status;

describe("what is delivered again", () => {
  test("a message gets the answer it got before", async () => {
    const { to, id, sid } = await start();
    const again = { MessageSid: newSid("SM") };
    for (let delivery = 0; delivery < 3; delivery += 1) {
      expect(await textUs(product, to, "YES", again)).toBe(THANKS);
      product.advance(3_600);
    }
    expect(await statusOf(id)).toBe("approved");
    await deliverFeedback();
    expect(product.ledger().filter((entry) => entry === sid)).toHaveLength(1);
    expect(await textUs(product, to, "YES")).toEqual(NOTHING);
  });

  test("a message gets it three times at once, too, and a call", async () => {
    const byText = await start();
    const text = { MessageSid: newSid("SM") };
    const texts = await Promise.all([1, 2, 3, 4, 5].map(() => textUs(product, byText.to, "YES", text)));
    expect(texts).toEqual(texts.map(() => THANKS));
    const byCall = await start();
    const call = { CallSid: newSid("CA") };
    const calls = await Promise.all([1, 2, 3, 4, 5].map(() => callUs(product, byCall.to, call)));
    expect([...calls, await callUs(product, byCall.to, call)]).toEqual([...calls, THANKS].map(() => THANKS));
  });

  test("does not confirm what has begun since", async () => {
    const first = await start();
    const again = { MessageSid: newSid("SM") };
    await textUs(product, first.to, "YES", again);
    product.advance(30);
    const second = await start("reply", first.to);
    expect(await textUs(product, first.to, "YES", again)).toBe(THANKS);
    expect(await statusOf(second.id)).toBe("pending");
  });

  test("another answer than thanks stays, too, and uses up nothing more", async () => {
    const { to } = await start();
    const again = { MessageSid: newSid("SM") };
    const answers = await Promise.all([1, 2, 3].map(() => textUs(product, to, "what?", again)));
    expect(answers).toEqual([HOW, HOW, HOW]);
    expect(await textUs(product, to, "what?")).toBeNull();
  });

  test("silence stays silence", async () => {
    const to = product.number();
    const again = { MessageSid: newSid("SM") };
    expect(await textUs(product, to, "Hello", again)).toBeNull();
    await start("reply", to);
    expect(await textUs(product, to, "Hello", again)).toBeNull();
  });
});

describe("an opt-out is Twilio's", () => {
  test.each([
    ["ARRET", "STOP"],
    ["AYUDA", "HELP"],
    ["YES", "STOP"],
    ["نعم", "help"],
  ])("%s with OptOutType %s is not answered, and confirms nothing", async (Body, OptOutType) => {
    const { to, id } = await start();
    expect(await textUs(product, to, Body, { OptOutType })).toBeNull();
    expect(await statusOf(id)).toBe("pending");
  });

  test("START lets messages through again, and may be our yes", async () => {
    const { to } = await start();
    expect(await textUs(product, to, "YES", { OptOutType: "START" })).toBe(THANKS);
  });
});

describe("answers are bounded", () => {
  test("nobody is answered to whom nothing was sent", async () => {
    const to = product.number();
    for (const text of ["Auto-reply: I'm busy", "YES", "482913", "?"]) {
      expect(await textUs(product, to, text)).toBeNull();
    }
  });

  test("who has no reply pending is not told to reply YES", async () => {
    const { to } = await start("code");
    expect(await textUs(product, to, "Who is this?")).toBeNull();
    expect(await textUs(product, to, "YES")).toEqual(NOTHING);
    const done = await start();
    expect(await textUs(product, done.to, "YES")).toBe(THANKS);
    expect(await textUs(product, done.to, "Great!")).toBeNull();
    const expired = await start();
    product.advance(601);
    expect(await textUs(product, expired.to, "Hm?")).toBeNull();
  });

  test("nor to a sender of ours that did not ask", async () => {
    const { to } = await start();
    expect(await textUs(product, to, "Hm?", { To: "+12025550100" })).toBeNull();
  });

  test("two programs that answer each other end at the gap and at the ceiling of a day", async () => {
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "4", CODE_TTL_SECONDS: "36000" });
    const { to } = await start();
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => textUs(product, to, "I'm busy")));
    expect(atOnce.filter(Boolean)).toEqual([HOW]);
    let answered = 0;
    for (let text = 0; text < 10; text += 1) {
      product.advance(31);
      if (await textUs(product, to, "I'm busy")) answered += 1;
    }
    expect(answered).toBe(3);
    expect(await textUs(product, to, "YES"), "the yes is still heard").toBe(THANKS);
  });

  test("answers use up nothing of what is asked for, and all of them have a ceiling", async () => {
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "3", MAX_MESSAGES_PER_HOUR: "2" });
    const [first, second] = [await start(), await start()];
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "3", MAX_MESSAGES_PER_HOUR: "1" });
    expect(await textUs(product, first.to, "?")).toBe(HOW);
    expect(await textUs(product, second.to, "?")).toBeNull();
    product.configure({ MAX_MESSAGES_PER_NUMBER_DAY: "3" });
    product.advance(30);
    expect((await product.call("POST", "/api/verifications", { to: first.to })).status).toBe(201);
  });

  test("who cannot get our messages is not answered", async () => {
    for (const from of [
      "22395",
      "+19005550123",
      "ACME",
      "+88213012345678",
      "+18005550100",
      "",
      "anonymous",
    ]) {
      expect(await textUs(product, from, "YES"), from).toBeNull();
      expect(await textUs(product, from, "Hello"), from).toBeNull();
    }
  });

  test("nor who is where nothing is sent to", async () => {
    const { to } = await start();
    product.configure({ BLOCKED_COUNTRIES: "US" });
    expect(await textUs(product, to, "?")).toBeNull();
  });

  test("who sends a code back is told where to type it, once", async () => {
    const { to, id } = await start("code");
    const code = await product.codeOn(to);
    expect(await textUs(product, to, `It is ${code}`)).toEqual(TYPE_IT);
    product.advance(31);
    expect(await textUs(product, to, code)).toBeNull();
    expect((await product.check(id, code)).body).toMatchObject({ status: "approved" });
    product.advance(31);
    expect(await textUs(product, to, code)).toBeNull();
    await start("code", to);
    expect(await textUs(product, to, "123456")).toEqual(TYPE_IT);
  });
});

describe("fields of any length and kind are answered in TwiML", () => {
  const ODD = [
    "",
    "anonymous",
    "Restricted",
    "+266696687",
    "sip:+442071838750@very-long-customer-domain.sip.us1.twilio.com",
    `client:${"x".repeat(300)}`,
    `rcs:${"brand_".repeat(20)}agent`,
    "whatsapp:+14155550123",
    "+".repeat(5_000),
    "é\u0000\ufffd👍",
  ];

  test.each(ODD)("%.40s", async (odd) => {
    const { to } = await start();
    for (const name of ["From", "To", "MessagingServiceSid", "Body"]) {
      expect([null, THANKS, HOW]).toContainEqual(await textUs(product, to, "Hm", { [name]: odd }));
    }
    for (const name of ["From", "To"]) expect(await callUs(product, to, { [name]: odd })).toEqual(NOTHING);
    const other = await start();
    expect(await callUs(product, other.to, { StirVerstat: odd })).toBe(THANKS);
  });

  test.each(["", "SM1", "x".repeat(200)])("a SID %j that is none does nothing", async (sid) => {
    const { to, id } = await start();
    expect(await textUs(product, to, "YES", { MessageSid: sid })).toBeNull();
    expect(await callUs(product, to, { CallSid: sid })).toEqual(NOTHING);
    expect(await statusOf(id)).toBe("pending");
  });
});
