import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { inspect } from "node:util";
import twilio from "twilio";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";

import { callFault } from "@/lib/messaging/fault";
import { TwilioRequestClient } from "@/lib/messaging/request-client";
import { SIMULATOR_ACCOUNT_SID, SIMULATOR_AUTH_TOKEN } from "@/simulator/server";
import { until } from "@/tests/support/until";
import { control, FROM, sdk, startReceiver, startSimulator, TO } from "./harness";

const text = { to: TO, from: FROM, body: "123456", provideFeedback: true };

/** Patience that a hanging call outlasts, and in which a request arrives on a busy machine, too. */
const ENOUGH_TO_ARRIVE_MS = 1_000;

describe("faults of requests", () => {
  test.each([
    ["rateLimited", { status: 429, code: 20429 }],
    ["refused", { status: 400, code: 21610 }],
  ] as const)("%s: an error that the SDK can name, and nothing done", async (fault, error) => {
    const { origin, simulator } = await startSimulator();
    simulator.setFaults({ [fault]: 1 });
    await expect(sdk(origin).messages.create(text)).rejects.toMatchObject(error);
    expect(simulator.messages()).toEqual([]);
  });

  test("serverError: 500 or 503, and nothing done", async () => {
    const draws = [0, 0, 0, 0.9, 0.9, 0.2, 0, 0, 0, 0.9, 0.9, 0.8];
    const { origin, simulator } = await startSimulator({ random: () => draws.shift() ?? 0.5 });
    simulator.setFaults({ serverError: 1 });
    const client = sdk(origin);
    await expect(client.messages.create(text)).rejects.toMatchObject({ status: 500, code: 20500 });
    await expect(client.messages.create(text)).rejects.toMatchObject({ status: 503, code: 20503 });
    expect(simulator.messages()).toEqual([]);
  });

  test("hang: no answer, and nothing done", async () => {
    const { origin, simulator, exchanges } = await startSimulator();
    simulator.setFaults({ hang: 1 });
    const sending = sdk(origin, { timeout: ENOUGH_TO_ARRIVE_MS }).messages.create(text);
    await expect(sending).rejects.toMatchObject({ code: "ECONNABORTED" });
    expect(simulator.messages()).toEqual([]);
    // It is written down when the simulator sees the connection close.
    await until(() => exchanges.length > 0);
    expect(exchanges[0]).toMatchObject({ kind: "api", status: null });
  });

  test("lostAnswer: the message is taken and delivered, but its sender never hears of it", async () => {
    const { origin, simulator } = await startSimulator();
    simulator.setFaults({ lostAnswer: 1 });
    await expect(sdk(origin).messages.create(text)).rejects.toMatchObject({ code: "ECONNRESET" });
    await until(() => simulator.handset(TO).length === 1);
    expect(simulator.messages()).toHaveLength(1);
  });

  test("lostAnswer: feedback is recorded all the same", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create(text);
    simulator.setFaults({ lostAnswer: 1 });
    await expect(client.messages(sid).feedback.create({ outcome: "confirmed" })).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(simulator.ledger()).toMatchObject([{ messageSid: sid, outcome: "confirmed" }]);
  });

  test("strike feedback too, except refusal", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create(text);
    const feedback = () => client.messages(sid).feedback.create({ outcome: "confirmed" });
    simulator.setFaults({ rateLimited: 1 });
    await expect(feedback()).rejects.toMatchObject({ status: 429 });
    simulator.setFaults({ serverError: 1 });
    await expect(feedback()).rejects.toMatchObject({
      status: expect.toSatisfy((status) => status >= 500) as number,
    });
    expect(simulator.ledger()).toEqual([]);
    simulator.setFaults({ refused: 1 });
    await feedback();
    expect(simulator.ledger()).toHaveLength(1);
  });

  test("have an order: hang, rateLimited, serverError, then the request's own mistakes, refused", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    simulator.setFaults({ hang: 1, rateLimited: 1 });
    const impatient = sdk(origin, { timeout: ENOUGH_TO_ARRIVE_MS });
    await expect(impatient.messages.create(text)).rejects.toMatchObject({ code: "ECONNABORTED" });
    simulator.setFaults({ rateLimited: 1, serverError: 1, refused: 1, lostAnswer: 1 });
    await expect(client.messages.create(text)).rejects.toMatchObject({ status: 429 });
    simulator.setFaults({ refused: 1, lostAnswer: 1 });
    await expect(client.messages.create({ ...text, to: "+15005550001" })).rejects.toMatchObject({
      code: 21211,
    });
    await expect(client.messages.create(text)).rejects.toMatchObject({ code: 21610 });
  });

  test("do not strike fetching and listing", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create(text);
    simulator.setFaults({ hang: 1, rateLimited: 1, serverError: 1 });
    expect((await client.messages(sid).fetch()).sid).toBe(sid);
    expect(await client.messages.list({ limit: 10 })).toHaveLength(1);
  });
});

describe("faults of callbacks", () => {
  async function statusesUnder(fault: string) {
    const { origin, simulator } = await startSimulator();
    simulator.setFaults({ [fault]: 1 });
    const receiver = await startReceiver();
    await sdk(origin).messages.create({ ...text, statusCallback: `${receiver.origin}/status` });
    await until(() => simulator.messages()[0]?.status === "delivered");
    await until(() => simulator.messages()[0]?.dueCallbacks.length === 0);
    return receiver.statuses();
  }

  test("callbackLost: none comes", async () => {
    expect(await statusesUnder("callbackLost")).toEqual([]);
  });

  test("callbackDuplicate: each comes twice", async () => {
    const statuses = await statusesUnder("callbackDuplicate");
    expect(statuses.sort()).toEqual(["delivered", "delivered", "sending", "sending", "sent", "sent"]);
  });

  test("callbackReorder: the earlier comes after the later", async () => {
    const statuses = await statusesUnder("callbackReorder");
    expect(statuses.indexOf("sent")).toBeLessThan(statuses.indexOf("sending"));
    expect(statuses).toHaveLength(3);
  });

  test("callbackLate: all come, after the message has long arrived", async () => {
    expect((await statusesUnder("callbackLate")).sort()).toEqual(["delivered", "sending", "sent"]);
  });
});

describe("our own way of making the SDK's requests", () => {
  const ours = (origin?: string) =>
    twilio(SIMULATOR_ACCOUNT_SID, SIMULATOR_AUTH_TOKEN, { httpClient: new TwilioRequestClient(origin) });
  const faultOf = (call: Promise<unknown>) => call.then(() => null, callFault);

  afterEach(() => vi.unstubAllEnvs());

  test("asks again three times after a 429, and tells refusals by Twilio's code", async () => {
    const { origin, simulator, exchanges } = await startSimulator();
    simulator.setFaults({ rateLimited: 1 });
    expect(await faultOf(ours(origin).messages.create(text))).toEqual({
      kind: "refused",
      status: 429,
      code: 20429,
    });
    expect(exchanges).toHaveLength(4);
    simulator.setFaults({ serverError: 1 });
    expect(await faultOf(ours(origin).messages.create(text))).toMatchObject({ kind: "unknown" });
    expect(exchanges).toHaveLength(5);
  });

  test("sends nothing twice when an answer is lost, and says no more of it than a code", async () => {
    const { origin, simulator, exchanges } = await startSimulator();
    const client = ours(origin);
    // Over a connection that was used before, too.
    await client.messages.create(text);
    simulator.setFaults({ lostAnswer: 1 });
    const error: unknown = await client.messages.create(text).catch((reason: unknown) => reason);
    expect(callFault(error)).toEqual({ kind: "unknown", error: "ECONNRESET" });
    expect(inspect(error, { depth: 10 })).not.toMatch(
      new RegExp(`${text.body}|${SIMULATOR_AUTH_TOKEN}:|Basic`),
    );
    expect(exchanges).toHaveLength(2);
  });

  test("knows what was never sent", async () => {
    const { origin, simulator } = await startSimulator();
    await simulator.close();
    expect(await faultOf(ours(origin).messages.create(text))).toEqual({
      kind: "unreachable",
      error: "ECONNREFUSED",
    });
  });

  test("goes through the proxy of HTTP_PROXY to Twilio itself", async () => {
    const proxy = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void proxy.close());
    await once(proxy, "listening");
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const calling = faultOf(ours().messages.create(text));
    const [socket] = (await once(proxy, "connection")) as [Socket];
    const [asked] = (await once(socket, "data")) as [Buffer];
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    expect(String(asked)).toMatch(/^CONNECT api\.twilio\.com:443 /);
    expect(await calling).toMatchObject({ kind: "unknown" });
  });
});

describe("the faults control", () => {
  test("replaces all rates, those left out becoming 0", async () => {
    const { origin } = await startSimulator();
    await control(origin, "PUT", "/faults", { hang: 0.5 });
    const { status, body } = await control(origin, "PUT", "/faults", { refused: 0.25 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ hang: 0, refused: 0.25, callbackLost: 0 });
    expect((await control(origin, "GET", "/faults")).body).toEqual(body);
  });

  test.each([
    ["an unknown name", { explode: 1 }, "explode"],
    ["a name every object has", { constructor: 1 }, "constructor"],
    ["a rate above 1", { hang: 1.1 }, "hang"],
    ["a rate below 0", { hang: -0.1 }, "hang"],
    ["a rate that is no number", { refused: "1" }, "refused"],
    ["no object", [1], undefined],
  ])("refuses %s and changes nothing", async (_case, rates, field) => {
    const { origin } = await startSimulator();
    const { status, body } = await control(origin, "PUT", "/faults", rates);
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: expect.any(String), ...(field ? { field } : {}) });
    expect(Object.values((await control(origin, "GET", "/faults")).body as object)).toEqual(Array(9).fill(0));
  });
});
