/** WhatsApp as Twilio's Messages API has it: other addresses, templates, receipts of reading, and what is refused at once. */
import { describe, expect, test } from "vitest";
import { until } from "@/tests/support/until";
import { FROM, sdk, startSimulator, TO } from "./harness";

const ADDRESSES = { from: `whatsapp:${FROM}`, to: `whatsapp:${TO}` };
const TEMPLATE = { contentSid: `HX${"a".repeat(32)}`, contentVariables: JSON.stringify({ 1: "482913" }) };
const TEXT = "482913 is your verification code. For your security, do not share this code.";

test("is taken with a template, delivered and read, with its addresses as they were given", async () => {
  const { origin, simulator, exchanges } = await startSimulator();
  const { messages } = sdk(origin);
  const statusCallback = "http://127.0.0.1:9/status";
  const message = await messages.create({ ...ADDRESSES, ...TEMPLATE, statusCallback, provideFeedback: true });
  expect(message).toMatchObject({ ...ADDRESSES, body: TEXT, status: "queued", errorCode: null });
  await until(async () => (await messages(message.sid).fetch()).status === "read");
  expect(simulator.handset(TO)).toEqual([
    expect.objectContaining({ sid: message.sid, channel: "whatsapp", from: FROM, to: TO, body: TEXT }),
  ]);
  expect(await messages.list({ to: ADDRESSES.to, limit: 5 })).toHaveLength(1);
  expect(await messages.list({ to: TO, limit: 5 })).toHaveLength(0);
  const told = await until(() => {
    const forms = exchanges.flatMap((each) => (each.kind === "webhook" ? [each.form] : []));
    return forms.some(({ MessageStatus }) => MessageStatus === "read") ? forms : undefined;
  });
  expect(told.at(-1)).toMatchObject({
    To: ADDRESSES.to,
    From: ADDRESSES.from,
    ChannelPrefix: "whatsapp",
  });
  expect(await messages(message.sid).feedback.create({ outcome: "confirmed" })).toMatchObject({
    messageSid: message.sid,
  });
});

describe("refused at once", () => {
  test.each([
    ["a text message's sender", { from: FROM }, 21910],
    ["no template by this SID", { contentSid: "HX1" }, 21655],
    ["a variable too few", { contentVariables: "{}" }, 21656],
    ["variables that are no JSON", { contentVariables: "1=482913" }, 21656],
    ["what is no number", { to: "whatsapp:nobody" }, 21211],
  ])("%s", async (_, wrong, code) => {
    const { origin } = await startSimulator();
    await expect(sdk(origin).messages.create({ ...ADDRESSES, ...TEMPLATE, ...wrong })).rejects.toMatchObject({
      code,
      status: 400,
    });
  });
});

test("a text of one's own fails afterwards: nobody has written first", async () => {
  const { origin } = await startSimulator();
  const { messages } = sdk(origin);
  const { sid } = await messages.create({ ...ADDRESSES, body: "Hello" });
  const failed = await until(async () => {
    const message = await messages(sid).fetch();
    return message.status === "failed" ? message : undefined;
  });
  expect(failed.errorCode).toBe(63016);
});
