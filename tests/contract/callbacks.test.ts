import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import twilioWebhooks from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, onTestFinished, test } from "vitest";

import { SIMULATOR_ACCOUNT_SID, SIMULATOR_AUTH_TOKEN } from "@/simulator/server";
import { signWebhook } from "@/simulator/twilio/signature";
import { postForm } from "@/simulator/webhooks/post-form";

import { until } from "@/tests/support/until";
import { FROM, sdk, startReceiver, startSimulator, TO } from "./harness";

const { validateRequest } = twilioWebhooks;

describe("webhook signatures", () => {
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const parameters = {
    To: "+18005551212",
    Caller: "+14158675309",
    Digits: "1234",
    From: "+14158675309",
    CallSid: "CA1234567890ABCDE",
  };

  test.each([
    ["as given", url, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
    ["with the port", url.replace(".com/", ".com:443/"), "kvajT1Ptam85bY51eRf/AJRuM3w="],
    [
      "http on another port",
      "http://mycompany.com:1234/myapp.php?foo=1&bar=2",
      "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
    ],
    ["a quote in the query", `${url}&Body=It%27s+amazing`, "TfZzewPq8wqrGlMfyAud8+/IvJ0="],
    ["with connection overrides", `${url}#rc=5&rp=all`, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ])("are Twilio's published ones: %s", (_case, signedUrl, signature) => {
    expect(signWebhook("12345", signedUrl, parameters)).toBe(signature);
  });

  test("are accepted by Twilio's SDK, the published ones too", () => {
    expect(validateRequest("12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, parameters)).toBe(true);
    // Signed in its escaped form, received unescaped.
    const unescaped = `${url}&Body=It's+amazing`;
    expect(validateRequest("12345", "TfZzewPq8wqrGlMfyAud8+/IvJ0=", unescaped, parameters)).toBe(true);

    const form = { ...parameters, Body: "¿Qué? 👍 + & =", Empty: "" };
    expect(validateRequest("12345", signWebhook("12345", url, form), url, form)).toBe(true);
    expect(validateRequest("12345", signWebhook("54321", url, form), url, form)).toBe(false);
  });
});

describe("status callbacks", () => {
  test("tell of every status but the first, signed so that Twilio's SDK accepts them", async () => {
    const { origin } = await startSimulator();
    const { origin: application, received } = await startReceiver();
    const { sid } = await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "Hello",
      statusCallback: `${application}/status?id=1#rc=5&rp=all`,
    });
    await until(() => received.length === 3);

    expect(received.map(({ form }) => form["MessageStatus"]).sort()).toEqual([
      "delivered",
      "sending",
      "sent",
    ]);
    for (const { url, signature, form } of received) {
      expect(url).toBe(`${application}/status?id=1`);
      expect(validateRequest(SIMULATOR_AUTH_TOKEN, signature, url, form)).toBe(true);
      expect(form).toMatchObject({
        AccountSid: SIMULATOR_ACCOUNT_SID,
        From: FROM,
        To: TO,
        MessageSid: sid,
        SmsSid: sid,
        SmsStatus: form["MessageStatus"],
        ApiVersion: "2010-04-01",
      });
      expect(form).not.toHaveProperty("ErrorCode");
    }
    const receipt = received.find(({ form }) => form["MessageStatus"] === "delivered")?.form[
      "RawDlrDoneDate"
    ];
    expect(receipt).toMatch(/^\d{10}$/);
  });

  test("tell which Messaging Service sent, and that the message was queued", async () => {
    const { origin } = await startSimulator();
    const { origin: application, received } = await startReceiver();
    const messagingServiceSid = `MG${"b".repeat(32)}`;
    await sdk(origin).messages.create({
      to: TO,
      messagingServiceSid,
      body: "Hello",
      statusCallback: `${application}/status`,
    });
    await until(() => received.length === 4);
    expect(received.map(({ form }) => form["MessageStatus"])).toContain("queued");
    expect(received.every(({ form }) => form["MessagingServiceSid"] === messagingServiceSid)).toBe(true);
  });

  test("carry the error code of a message that did not arrive", async () => {
    const { origin, simulator } = await startSimulator({ random: () => 0.5 });
    simulator.setScenario("carrier-outage");
    const { origin: application, received } = await startReceiver();
    await sdk(origin).messages.create({
      to: "+6281234567890",
      from: FROM,
      body: "Halo",
      statusCallback: `${application}/status`,
    });
    const last = await until(() => received.find(({ form }) => form["MessageStatus"] === "undelivered"));
    expect(last.form).toMatchObject({
      ErrorCode: "30003",
      RawDlrDoneDate: expect.stringMatching(/^\d{10}$/),
    });
  });

  test("are tried again as often as the fragment asks", async () => {
    const { origin, simulator } = await startSimulator();
    const { origin: application, received } = await startReceiver(() => ({ status: 503 }));
    await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "Hello",
      statusCallback: `${application}/status#rc=5&rp=all`,
    });
    await until(() => simulator.messages()[0]?.status === "delivered");
    await until(() => simulator.messages()[0]?.dueCallbacks.length === 0);
    expect(received).toHaveLength(3 * 6);
  });

  test("are tried again until they succeed, and no more", async () => {
    const { origin, simulator } = await startSimulator();
    const { origin: application, received } = await startReceiver((count) => ({
      status: count < 5 ? 500 : 200,
    }));
    await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "Hello",
      statusCallback: `${application}/status#rc=5&rp=5xx`,
    });
    await until(() => simulator.messages()[0]?.status === "delivered");
    await until(() => simulator.messages()[0]?.dueCallbacks.length === 0);
    expect(received).toHaveLength(3 + 5);
  });

  test("are given up at the first refusal unless the fragment asks for more", async () => {
    const { origin, simulator } = await startSimulator();
    const { origin: application, received } = await startReceiver(() => ({ status: 500 }));
    await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "1",
      statusCallback: `${application}/status`,
    });
    await until(() => simulator.messages()[0]?.status === "delivered");
    await until(() => simulator.messages()[0]?.dueCallbacks.length === 0);
    expect(received).toHaveLength(3);
  });

  test("are tried once more when nobody listens, unless the fragment asks for more or less", async () => {
    for (const [fragment, tries] of [
      ["", 2],
      ["#rc=0", 1],
      ["#rc=2&rp=ct", 3],
      ["#rc=3&rp=5xx", 1],
    ] as const) {
      const { origin, simulator, exchanges } = await startSimulator();
      const statusCallback = `http://127.0.0.1:1/status${fragment}`;
      await sdk(origin).messages.create({ to: TO, from: FROM, body: "1", statusCallback });
      await until(() => simulator.messages()[0]?.status === "delivered");
      await until(() => simulator.messages()[0]?.dueCallbacks.length === 0);
      const made = exchanges.filter(({ kind }) => kind === "webhook");
      expect([fragment, made.length]).toEqual([fragment, 3 * tries]);
    }
  });

  test("are tried again when the application does not answer in time", async () => {
    const { origin, exchanges } = await startSimulator();
    const { origin: application } = await startReceiver(() => "silence");
    const statusCallback = `${application}/status#rt=100&rc=1&rp=rt`;
    await sdk(origin).messages.create({ to: TO, from: FROM, body: "1", statusCallback });
    const webhooks = () => exchanges.filter((exchange) => exchange.kind === "webhook");
    await until(() => webhooks().length === 3 * 2);
    expect(webhooks().every(({ status }) => status === null)).toBe(true);
  });

  test("come over one connection, and over another where that was closed as it was taken up again", async () => {
    const connections: Socket[] = [];
    let closing = false;
    const application = createServer((request, response) => {
      if (!connections.includes(request.socket)) connections.push(request.socket);
      else if (closing) return void request.socket.destroy();
      response.end();
    });
    await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void application.close());
    const { signal } = new AbortController();
    const post = () =>
      postForm(
        `http://127.0.0.1:${(application.address() as AddressInfo).port}`,
        { MessageStatus: "sent" },
        {},
        { connectTimeout: 5_000, readTimeout: 5_000, signal },
      );
    expect([await post(), await post()]).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(connections).toHaveLength(1);
    closing = true;
    expect(await post()).toMatchObject({ status: 200 });
    expect(connections).toHaveLength(2);
  });

  test("all come when many messages are under way", async () => {
    const { origin } = await startSimulator();
    const { origin: application, received } = await startReceiver();
    const client = sdk(origin);
    const statusCallback = `${application}/status#rc=5&rp=all`;
    const sending = Array.from({ length: 50 }, () =>
      client.messages.create({ to: TO, from: FROM, body: "1", statusCallback }),
    );
    await Promise.all(sending);
    await until(() => received.length === 150);
  });
});
