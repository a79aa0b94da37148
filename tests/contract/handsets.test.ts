import { connect } from "node:net";

import twilioWebhooks from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, test } from "vitest";

import { SIMULATOR_AUTH_TOKEN } from "@/simulator/server";

import { until } from "@/tests/support/until";
import { control, FROM, sdk, startReceiver, startSimulator, TO } from "./harness";

const MINE = `/handsets/${encodeURIComponent(TO)}`;

describe("a handset", () => {
  test("shows what it has received, newest first", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    await client.messages.create({ to: TO, from: FROM, body: "first" });
    await until(() => simulator.handset(TO).length === 1);
    const second = await client.messages.create({ to: TO, from: FROM, body: "second" });
    await until(() => simulator.handset(TO).length === 2);

    const { body } = await control(origin, "GET", `/handsets/${TO}/messages`);
    expect(body).toMatchObject([
      { sid: second.sid, from: FROM, to: TO, body: "second", at: expect.stringMatching(/Z$/) },
      { body: "first" },
    ]);
  });

  test("tells a client who waits as soon as something arrives", async () => {
    const { origin } = await startSimulator();
    const waiting = control(origin, "GET", `${MINE}/messages?wait=25`);
    const { sid } = await sdk(origin).messages.create({ to: TO, from: FROM, body: "Hello" });
    expect((await waiting).body).toMatchObject([{ sid }]);

    const again = control(origin, "GET", `${MINE}/messages?wait=25&after=${sid}`);
    await sdk(origin).messages.create({ to: TO, from: FROM, body: "Hello again" });
    expect((await again).body).toMatchObject([{ body: "Hello again" }, { sid }]);
    expect((await control(origin, "GET", `${MINE}/messages?wait=25`)).body).toHaveLength(2);
  });

  test("answers as it is when the wait is over", async () => {
    const { origin } = await startSimulator();
    expect((await control(origin, "GET", `${MINE}/messages?wait=0.05`)).body).toEqual([]);
  });

  test.each(["-1", "26", "soon"])("refuses to wait %s seconds", async (wait) => {
    const { origin } = await startSimulator();
    const answer = await control(origin, "GET", `${MINE}/messages?wait=${wait}`);
    expect(answer).toMatchObject({ status: 422, body: { field: "wait" } });
  });

  test("replies to the number that messaged it, and receives what the application answers", async () => {
    const { origin: application, received } = await startReceiver(() => ({
      status: 200,
      body: "<?xml version='1.0'?><Response><Message>Thanks &amp; bye</Message></Response>",
    }));
    const { origin, simulator } = await startSimulator({ webhookBase: `${application}/` });
    await sdk(origin).messages.create({ to: TO, from: FROM, body: "Reply YES" });
    await until(() => simulator.handset(TO).length === 1);

    const { body } = await control(origin, "POST", `${MINE}/replies`, { body: "YES" });
    expect(body).toMatchObject({ webhookStatus: 200, twiml: expect.stringContaining("<Message>") });
    const [webhook] = received;
    expect(webhook?.url).toBe(`${application}/api/twilio/messages`);
    expect(webhook?.form).toMatchObject({
      MessageSid: (body as { sid: string }).sid,
      From: TO,
      To: FROM,
      Body: "YES",
      NumMedia: "0",
      FromCountry: "GB",
    });
    const { url = "", signature = "", form = {} } = webhook ?? {};
    expect(twilioWebhooks.validateRequest(SIMULATOR_AUTH_TOKEN, signature, url, form)).toBe(true);

    await until(() => simulator.handset(TO)[0]?.body === "Thanks & bye");
    const inbound = await sdk(origin)
      .messages((body as { sid: string }).sid)
      .fetch();
    expect(inbound).toMatchObject({ direction: "inbound", status: "received", from: TO, to: FROM });
  });

  test("calls the number that messaged it", async () => {
    const { origin: application, received } = await startReceiver(() => ({
      status: 200,
      body: "<Response/>",
    }));
    const { origin, simulator } = await startSimulator({ webhookBase: application });
    await sdk(origin).messages.create({ to: TO, from: FROM, body: "Call us" });
    await until(() => simulator.handset(TO).length === 1);
    const { body } = await control(origin, "POST", `${MINE}/calls`);
    expect(body).toMatchObject({
      sid: expect.stringMatching(/^CA/),
      webhookStatus: 200,
      twiml: "<Response/>",
    });
    expect(received[0]).toMatchObject({
      url: `${application}/api/twilio/calls`,
      form: { From: TO, To: FROM, CallStatus: "ringing", Direction: "inbound" },
    });
  });

  test("says so when the application does not answer", async () => {
    const { origin, simulator } = await startSimulator({ webhookBase: "http://127.0.0.1:1" });
    await sdk(origin).messages.create({ to: TO, from: FROM, body: "Reply YES" });
    await until(() => simulator.handset(TO).length === 1);
    const { body } = await control(origin, "POST", `${MINE}/replies`, { body: "YES" });
    expect(body).toMatchObject({ webhookStatus: null, twiml: null });
  });

  test("cannot answer when nobody has messaged it, or only a name has", async () => {
    const { origin, simulator } = await startSimulator({ webhookBase: "http://127.0.0.1:1" });
    expect(await control(origin, "POST", `${MINE}/calls`)).toMatchObject({ status: 409 });
    await sdk(origin).messages.create({ to: TO, from: "ACME", body: "Do not reply" });
    await until(() => simulator.handset(TO).length === 1);
    expect(await control(origin, "POST", `${MINE}/replies`, { body: "Hi" })).toMatchObject({ status: 409 });
  });
});

describe("controls", () => {
  test("name the scenarios there are", async () => {
    const { origin } = await startSimulator();
    expect(await control(origin, "PUT", "/scenario", { name: "apocalypse" })).toMatchObject({
      status: 422,
      body: {
        error: expect.stringMatching(/calm.*carrier-outage.*network-outage.*slow-route.*pumping.*launch-day/),
        field: "name",
      },
    });
    await control(origin, "PUT", "/scenario", { name: "slow-route" });
    expect((await control(origin, "GET", "/scenario")).body).toEqual({
      name: "slow-route",
      countries: ["IN"],
      names: [
        "calm",
        "carrier-outage",
        "network-outage",
        "silent-outage",
        "slow-route",
        "pumping",
        "launch-day",
      ],
    });
  });

  test("forget everything", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create({ to: TO, from: FROM, body: "1", provideFeedback: true });
    await client.messages(sid).feedback.create({ outcome: "confirmed" });
    simulator.setFaults({ refused: 0.5 });
    simulator.setScenario("pumping");
    expect((await control(origin, "DELETE", "")).status).toBe(200);
    expect([simulator.messages(), simulator.ledger(), simulator.handset(TO)]).toEqual([[], [], []]);
    expect((await control(origin, "GET", "/faults")).body).toMatchObject({ refused: 0 });
    expect((await control(origin, "GET", "/scenario")).body).toMatchObject({ name: "calm" });
  });

  test.each([
    ["an unknown control", "GET", "/weather", 404],
    ["another method", "POST", "/feedback", 405],
    ["a handset that is no number", "GET", "/handsets/me/messages", 422],
    ["a handset that is not even text", "GET", "/handsets/%ff/messages", 422],
  ])("refuse %s", async (_case, method, path, status) => {
    const { origin } = await startSimulator();
    const answer = await control(origin, method, path);
    expect(answer).toMatchObject({ status, body: { error: expect.any(String) } });
  });

  test("refuse what is not JSON, and too much of it", async () => {
    const { origin } = await startSimulator();
    const put = (body: string) => fetch(`${origin}/simulator/faults`, { method: "PUT", body });
    expect((await put("{")).status).toBe(400);
    expect((await put("x".repeat(300 * 1024))).status).toBe(413);
  });

  test("refuse a name that only resolves to this machine, and pages of other origins", async () => {
    const { origin, port } = await startSimulator();
    expect(await rawStatus(port, "Host: evil.example")).toContain(" 403 ");
    expect(await rawStatus(port, "Host: 127.0.0.1.evil.example")).toContain(" 403 ");
    expect(await rawStatus(port, `Host: localhost:${port}`)).toContain(" 200 ");
    const foreign = await fetch(`${origin}/simulator/faults`, {
      headers: { Origin: "https://evil.example" },
    });
    expect(foreign.status).toBe(403);
  });
});

/** The status line of an answer to a request with headers that `fetch` would not send. */
function rawStatus(port: number, header: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`GET /simulator/faults HTTP/1.1\r\n${header}\r\nConnection: close\r\n\r\n`);
    });
    socket.once("data", (data) => {
      resolve(String(data).split("\r\n")[0] ?? "");
      socket.destroy();
    });
    socket.on("error", reject);
  });
}
