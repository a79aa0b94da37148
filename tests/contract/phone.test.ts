import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import type { Conversation, MessageProgress } from "@/simulator/conversation";

import { until } from "@/tests/support/until";
import { control, FROM, sdk, startReceiver, startSimulator, TO, untilStatus } from "./harness";

const OTHER = "+6281100004127";
const send = (origin: string, to = TO, more: object = {}) =>
  sdk(origin).messages.create({ to, from: FROM, body: "Hello", ...more });
const setDelivery = (origin: string, body: unknown, handset = TO) =>
  control(origin, "PUT", `/handsets/${handset}/delivery`, body);
const conversation = async (origin: string, query = "", handset = TO) =>
  (await control(origin, "GET", `/handsets/${handset}/conversation${query}`)).body as Conversation;

describe("a handset's delivery", () => {
  test("is normal until it is told otherwise, and holds for that handset only", async () => {
    const { origin, simulator } = await startSimulator();
    expect((await control(origin, "GET", `/handsets/${TO}/delivery`)).body).toEqual({ mode: "normal" });
    const failed = { mode: "failed", errorCode: 30005 };
    expect(await setDelivery(origin, failed)).toEqual({ status: 200, body: failed });

    for (const { sid } of [await send(origin), await send(origin)]) {
      expect(await untilStatus(simulator, sid, "undelivered")).toMatchObject({ errorCode: 30005 });
    }
    await untilStatus(simulator, (await send(origin, OTHER)).sid, "delivered");
    expect((await control(origin, "GET", `/handsets/${OTHER}/delivery`)).body).toEqual({ mode: "normal" });

    await setDelivery(origin, { mode: "normal" });
    await untilStatus(simulator, (await send(origin)).sid, "delivered");
    expect(simulator.handset(TO)).toHaveLength(1);
  });

  test("tells the sender of the failure as Twilio does", async () => {
    const { origin: application, received } = await startReceiver();
    const { origin } = await startSimulator();
    await setDelivery(origin, { mode: "failed", errorCode: 30006 });
    await send(origin, TO, { statusCallback: `${application}/status` });
    const last = await until(() => received.find(({ form }) => form["MessageStatus"] === "undelivered"));
    expect(last.form).toMatchObject({ ErrorCode: "30006", To: TO });
  });

  test("delays by the simulated second", async () => {
    const { origin, simulator } = await startSimulator({ pace: 0.01 });
    await setDelivery(origin, { mode: "delayed", seconds: 30 });
    const { sid } = await send(origin);
    const { history = [] } = await untilStatus(simulator, sid, "delivered");
    const at = (status: string) => history.find((step) => step.status === status)?.at ?? 0;
    const waited = at("delivered") - at("sent");
    expect(waited).toBeGreaterThanOrEqual(295);
    expect(waited).toBeLessThan(3_000);
  });

  test("does not outlast the validity period", async () => {
    const { origin, simulator } = await startSimulator();
    await setDelivery(origin, { mode: "delayed", seconds: 660 });
    const { sid } = await send(origin, TO, { validityPeriod: 10 });
    expect(await untilStatus(simulator, sid, "failed")).toMatchObject({ errorCode: 30036 });
    expect(simulator.handset(TO)).toEqual([]);
  });

  test("is kept, with calls and replies, in the journal until everything is forgotten", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "phone-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const journal = path.join(folder, "simulator.jsonl");
    const { origin: application } = await startReceiver(() => ({ status: 200, body: "<Response/>" }));
    const first = await startSimulator({ journal, webhookBase: application });
    const { sid } = await send(first.origin);
    await untilStatus(first.simulator, sid, "delivered");
    await control(first.origin, "POST", `/handsets/${TO}/replies`, { body: "YES" });
    await control(first.origin, "POST", `/handsets/${TO}/calls`);
    await setDelivery(first.origin, { mode: "delayed", seconds: 20 });
    const before = await conversation(first.origin);
    await first.simulator.close();

    const second = await startSimulator({ journal });
    const after = await conversation(second.origin);
    expect(after.delivery).toEqual({ mode: "delayed", seconds: 20 });
    expect(after.entries).toEqual(before.entries);
    expect(after.entries.map(({ kind }) => kind)).toEqual(["call", "message", "message"]);
    await control(second.origin, "DELETE", "");
    const forgotten = await conversation(second.origin);
    expect(forgotten).toMatchObject({ delivery: { mode: "normal" }, entries: [], newest: null });
  });

  test.each([
    [{ mode: "sometimes" }, "mode"],
    [{ mode: "delayed", seconds: "soon" }, "seconds"],
    [{ mode: "failed", errorCode: 1 }, "errorCode"],
  ])("refuses %j and names the field", async (body, field) => {
    const { origin } = await startSimulator();
    expect(await setDelivery(origin, body)).toMatchObject({ status: 422, body: { field } });
    expect(await setDelivery(origin, { mode: "normal" }, "me")).toMatchObject({ status: 422 });
  });
});

describe("a message's progress", () => {
  test("has every status with its time, and the feedback", async () => {
    const { origin, simulator } = await startSimulator();
    const { sid } = await send(origin, TO, { provideFeedback: true });
    await untilStatus(simulator, sid, "delivered");
    await sdk(origin).messages(sid).feedback.create({ outcome: "confirmed" });
    const answer = await control(origin, "GET", `/messages/${sid}`);
    const progress = answer.body as MessageProgress;
    expect(progress).toMatchObject({ sid, to: TO, status: "delivered", provideFeedback: true });
    expect(progress.history.map(({ status }) => status)).toEqual(["queued", "sending", "sent", "delivered"]);
    const times = progress.history.map(({ at }) => at);
    expect([...times].sort()).toEqual(times);
    expect(progress.feedback).toEqual({ outcome: "confirmed", at: simulator.ledger()[0]?.at });
  });

  test("of an unknown message is not found", async () => {
    const { origin } = await startSimulator();
    expect(await control(origin, "GET", `/messages/SM${"0".repeat(32)}`)).toMatchObject({ status: 404 });
  });
});

describe("a handset's conversation", () => {
  test("has what came and what went, newest first, and what a call heard", async () => {
    const { origin: application } = await startReceiver((count) => ({
      status: 200,
      body:
        count === 0
          ? "<Response><Message>Thanks</Message></Response>"
          : "<Response><Say>Bye</Say></Response>",
    }));
    const { origin, simulator } = await startSimulator({ webhookBase: application });
    const { sid } = await send(origin);
    await untilStatus(simulator, sid, "delivered");
    await control(origin, "POST", `/handsets/${TO}/replies`, { body: "YES" });
    await until(() => simulator.handset(TO).length === 2);
    await control(origin, "POST", `/handsets/${TO}/calls`);
    const { entries, newest } = await conversation(origin);
    expect(entries).toMatchObject([
      { kind: "call", from: TO, to: FROM, webhookStatus: 200, spoken: ["Bye"] },
      { kind: "message", direction: "received", body: "Thanks" },
      { kind: "message", direction: "sent", body: "YES", from: TO },
      { kind: "message", direction: "received", body: "Hello", sid },
    ]);
    expect(newest).toMatchObject({ sid, status: "delivered" });
    expect(simulator.handset(TO).map(({ body }) => body)).toEqual(["Thanks", "Hello"]);
  });

  test("does not show what has not arrived, but how far it is", async () => {
    const { origin } = await startSimulator({ pace: 1 });
    const { sid } = await send(origin);
    expect(await conversation(origin)).toMatchObject({ entries: [], newest: { sid, status: "queued" } });
  });

  test("tells a client who waits of every change", async () => {
    const { origin, simulator } = await startSimulator();
    const quiet = await conversation(origin);
    expect((await conversation(origin, `?wait=0.05&after=${quiet.revision}`)).revision).toBe(quiet.revision);
    const waiting = conversation(origin, `?wait=25&after=${quiet.revision}`);
    await setDelivery(origin, { mode: "delayed", seconds: 1 });
    const set = await waiting;
    expect(set.delivery).toEqual({ mode: "delayed", seconds: 1 });
    const { sid } = await send(origin, TO, { provideFeedback: true });
    await untilStatus(simulator, sid, "delivered");
    const delivered = await conversation(origin);
    expect(delivered.revision).not.toBe(set.revision);
    expect(await conversation(origin, `?wait=-1`)).toMatchObject({ field: "wait" });
  });
});

describe("a call", () => {
  test.each([
    [undefined, "TN-Validation-Passed-A"],
    [{ stirVerstat: "TN-Validation-Failed-A" }, "TN-Validation-Failed-A"],
    [{ stirVerstat: "No-TN-Validation" }, "No-TN-Validation"],
  ])("with %j says %s", async (body, verstat) => {
    const { origin: application, received } = await startReceiver();
    const { origin, simulator } = await startSimulator({ webhookBase: application });
    await untilStatus(simulator, (await send(origin)).sid, "delivered");
    await control(origin, "POST", `/handsets/${TO}/calls`, body);
    expect(received[0]?.form).toMatchObject({ From: TO, StirVerstat: verstat });
  });

  test("refuses another word for it", async () => {
    const { origin } = await startSimulator({ webhookBase: "http://127.0.0.1:1" });
    const answer = await control(origin, "POST", `/handsets/${TO}/calls`, { stirVerstat: "trust me" });
    expect(answer).toMatchObject({ status: 422, body: { field: "stirVerstat" } });
  });
});
