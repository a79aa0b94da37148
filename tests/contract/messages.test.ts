import type RestException from "twilio/lib/base/RestException";
import { describe, expect, test } from "vitest";

import { SIMULATOR_ACCOUNT_SID } from "@/simulator/server";

import { until } from "@/tests/support/until";
import { basicAuth, control, FROM, MESSAGES, post, sdk, startSimulator, TO, untilStatus } from "./harness";

const SERVICE = `MG${"a".repeat(32)}`;
const STRANGE_SID = `SM${"0".repeat(32)}`;

describe("creating a message through Twilio's SDK", () => {
  test("answers with a message that is queued, unsent and without a price", async () => {
    const { origin } = await startSimulator();
    const message = await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "Acme: your code is 123456",
      provideFeedback: true,
      validityPeriod: 600,
      attempt: 1,
      riskCheck: "enable",
      statusCallback: "http://127.0.0.1:1/status#rc=0",
    });
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(message).toMatchObject({
      status: "queued",
      to: TO,
      from: FROM,
      price: null,
      priceUnit: null,
      dateSent: null,
      errorCode: null,
      numSegments: "1",
      direction: "outbound-api",
    });
    expect(message.subresourceUris).toHaveProperty("feedback");
    expect(Math.abs(message.dateCreated.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("accepts a message for a Messaging Service, and chooses its sender afterwards", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const created = await client.messages.create({ to: TO, messagingServiceSid: SERVICE, body: "Hello" });
    expect(created).toMatchObject({
      status: "accepted",
      from: null,
      numSegments: "0",
      messagingServiceSid: SERVICE,
    });

    await untilStatus(simulator, created.sid, "delivered");
    const fetched = await client.messages(created.sid).fetch();
    expect(fetched.from).toMatch(/^\+\d+$/);
    expect(fetched.numSegments).toBe("1");
  });

  test("delivers it, and knows the price some time later", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create({ to: TO, from: FROM, body: "Hello" });
    const delivered = await untilStatus(simulator, sid, "delivered");
    expect(delivered.sentAt).not.toBeNull();

    await until(() => simulator.messages()[0]?.price ?? undefined);
    const fetched = await client.messages(sid).fetch();
    expect(fetched.status).toBe("delivered");
    expect(fetched.price).toMatch(/^-\d+\.\d{5}$/);
    expect(fetched.priceUnit).toBe("USD");
    expect(fetched.dateSent).toBeInstanceOf(Date);
  });

  test.each(["true", "True", "TRUE"])("takes ProvideFeedback=%s for true", async (written) => {
    const { origin, simulator } = await startSimulator();
    const { status } = await post(origin, `${MESSAGES}.json`, {
      To: TO,
      From: FROM,
      Body: "Hello",
      ProvideFeedback: written,
    });
    expect(status).toBe(201);
    expect(simulator.messages()[0]?.provideFeedback).toBe(true);
  });

  test("fails a message that its validity period is too short for", async () => {
    const { origin, simulator } = await startSimulator();
    simulator.setScenario("slow-route");
    const client = sdk(origin);
    const { sid } = await client.messages.create({
      to: "+919812345678",
      from: FROM,
      body: "Hi",
      validityPeriod: 5,
    });
    await untilStatus(simulator, sid, "failed");
    expect(await client.messages(sid).fetch()).toMatchObject({ status: "failed", errorCode: 30036 });
    expect(simulator.handset("+919812345678")).toEqual([]);
  });

  test("loses most messages to a country whose carrier is out, and none to others", async () => {
    const { origin, simulator } = await startSimulator({ random: () => 0.5 });
    simulator.setScenario("carrier-outage");
    const client = sdk(origin);
    const brazil = await client.messages.create({ to: "+5511961234567", from: FROM, body: "Oi" });
    const britain = await client.messages.create({ to: TO, from: FROM, body: "Hi" });
    await untilStatus(simulator, brazil.sid, "undelivered");
    await untilStatus(simulator, britain.sid, "delivered");
    expect((await client.messages(brazil.sid).fetch()).errorCode).toBe(30003);
  });
});

describe("what Twilio refuses", () => {
  const valid = { To: TO, From: FROM, Body: "Hello" };

  test.each([
    ["no recipient", { ...valid, To: "" }, 21604],
    ["no sender", { ...valid, From: "" }, 21603],
    ["no body", { ...valid, Body: "" }, 21602],
    ["a recipient that is no number", { ...valid, To: "0123" }, 21211],
    ["a sender that cannot be one", { ...valid, From: "+1" }, 21212],
    ["a Messaging Service that cannot be one", { ...valid, MessagingServiceSid: "MG1" }, 21705],
    ["a body of 1601 characters", { ...valid, Body: "x".repeat(1601) }, 21617],
    ["a validity period of 0", { ...valid, ValidityPeriod: "0" }, 21624],
    ["a validity period over ten hours", { ...valid, ValidityPeriod: "36001" }, 21624],
    ["a validity period that is no number", { ...valid, ValidityPeriod: "ten" }, 21624],
    ["a status callback that is no URL", { ...valid, StatusCallback: "example" }, 21609],
    ["a boolean that is neither", { ...valid, ProvideFeedback: "yes" }, 20001],
    ["an attempt that is no number", { ...valid, Attempt: "first" }, 20001],
    ["a schedule", { ...valid, ScheduleType: "fixed" }, 20001],
    ["magic: an invalid number", { ...valid, To: "+15005550001" }, 21211],
    ["magic: an unroutable number", { ...valid, To: "+15005550002" }, 21612],
    ["magic: a country not enabled", { ...valid, To: "+15005550003" }, 21408],
    ["magic: a recipient who opted out", { ...valid, To: "+15005550004" }, 21610],
    ["magic: a landline", { ...valid, To: "+15005550009" }, 21614],
  ])("%s", async (_case, form, code) => {
    const { origin, simulator } = await startSimulator();
    const { status, body } = await post(origin, `${MESSAGES}.json`, form);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code,
      status: 400,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(simulator.messages()).toEqual([]);
  });

  test("takes the longest body and the longest validity period", async () => {
    const { origin } = await startSimulator();
    const form = { ...valid, Body: "x".repeat(1600), ValidityPeriod: "36000" };
    expect((await post(origin, `${MESSAGES}.json`, form)).body).toMatchObject({ num_segments: "11" });
  });

  test("becomes the SDK's RestException", async () => {
    const { origin } = await startSimulator();
    const sending = sdk(origin).messages.create({ to: "+15005550004", from: FROM, body: "Hello" });
    const error = await sending.catch((reason: unknown) => reason as RestException);
    expect(error).toMatchObject({
      status: 400,
      code: 21610,
      moreInfo: "https://www.twilio.com/docs/errors/21610",
    });
  });

  test("does not show whole numbers in error messages", async () => {
    const { origin } = await startSimulator();
    const { body } = await post(origin, `${MESSAGES}.json`, { ...valid, To: "+15005550009" });
    expect(body["message"]).not.toContain("5550009");
  });

  test("wrong credentials: 401, 20003", async () => {
    const { origin } = await startSimulator();
    const client = sdk(origin, { token: "wrong" });
    await expect(client.messages.list({ limit: 1 })).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  test("another account, an unknown message, an unknown resource: 404, 20404", async () => {
    const { origin } = await startSimulator();
    const other = `AC${"1".repeat(32)}`;
    for (const path of [
      `/2010-04-01/Accounts/${other}/Messages.json`,
      `${MESSAGES}/${STRANGE_SID}.json`,
      `${MESSAGES}/nonsense.json`,
      `/2010-04-01/Accounts/${SIMULATOR_ACCOUNT_SID}/Calls.json`,
      "/elsewhere",
    ]) {
      const response = await fetch(origin + path, { headers: { Authorization: basicAuth() } });
      expect([path, response.status, await response.json()]).toMatchObject([
        path,
        404,
        { code: 20404, status: 404 },
      ]);
    }
  });

  test("a method the resource does not have: 405, 20004", async () => {
    const { origin } = await startSimulator();
    const response = await fetch(`${origin}${MESSAGES}.json`, {
      method: "PUT",
      headers: { Authorization: basicAuth() },
    });
    expect([response.status, await response.json()]).toMatchObject([405, { code: 20004 }]);
  });

  test("JSON in place of a form, as if nothing had been given", async () => {
    const { origin } = await startSimulator();
    const response = await fetch(`${origin}${MESSAGES}.json`, {
      method: "POST",
      headers: { Authorization: basicAuth(), "Content-Type": "application/json" },
      body: JSON.stringify(valid),
    });
    expect(await response.json()).toMatchObject({ code: 21604 });
  });

  test("a body of a megabyte", async () => {
    const { origin } = await startSimulator();
    const { status } = await post(origin, `${MESSAGES}.json`, { ...valid, Body: "x".repeat(1024 * 1024) });
    expect(status).toBe(413);
  });
});

describe("listing messages through Twilio's SDK", () => {
  test("gives all of them, newest first, page after page", async () => {
    const { origin, exchanges } = await startSimulator();
    const client = sdk(origin);
    const sids: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      sids.unshift((await client.messages.create({ to: TO, from: FROM, body: String(i) })).sid);
    }
    const before = exchanges.length;
    const listed = await client.messages.list({ pageSize: 3 });
    expect(listed.map(({ sid }) => sid)).toEqual(sids);
    expect(exchanges.slice(before).filter(({ kind }) => kind === "api")).toHaveLength(3);
  });

  test("is not confused by messages that come between two pages", async () => {
    const { origin } = await startSimulator();
    const client = sdk(origin);
    const send = (body: string) => client.messages.create({ to: TO, from: FROM, body });
    await send("1");
    await send("2");
    await send("3");
    await send("4");
    const first = await client.messages.page({ pageSize: 2 });
    await send("5");
    const second = await first.nextPage();
    expect(first.instances.map(({ body }) => body)).toEqual(["4", "3"]);
    expect(second?.instances.map(({ body }) => body)).toEqual(["2", "1"]);
    const back = await second?.previousPage();
    expect(back?.instances.map(({ body }) => body)).toEqual(["4", "3"]);
  });

  test("filters by recipient, by sender, and by when they were sent", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create({ to: TO, from: FROM, body: "here" });
    await client.messages.create({ to: "+33612345678", from: "ACME", body: "there" });
    await until(() => simulator.messages().every(({ status }) => status === "delivered"));

    const bodies = async (filter: Parameters<typeof client.messages.list>[0]) =>
      (await client.messages.list({ pageSize: 50, ...filter })).map(({ body }) => body);
    expect(await bodies({ to: TO })).toEqual(["here"]);
    expect(await bodies({ from: "ACME" })).toEqual(["there"]);

    const sent = (await client.messages(sid).fetch()).dateSent;
    const shifted = (seconds: number) => new Date(sent.getTime() + seconds * 1000);
    expect(await bodies({ to: TO, dateSent: sent })).toEqual(["here"]);
    expect(await bodies({ to: TO, dateSentAfter: sent, dateSentBefore: sent })).toEqual(["here"]);
    expect(await bodies({ to: TO, dateSentAfter: shifted(1) })).toEqual([]);
    expect(await bodies({ to: TO, dateSentBefore: shifted(-1) })).toEqual([]);
    expect(await bodies({ to: TO, dateSentAfter: shifted(-60), dateSentBefore: shifted(60) })).toEqual([
      "here",
    ]);
  });

  test("reads all the forms of dates that Twilio's examples have, and refuses others", async () => {
    const { origin } = await startSimulator();
    const list = async (date: string) => {
      const response = await fetch(
        `${origin}${MESSAGES}.json?${new URLSearchParams({ "DateSent>": date })}`,
        {
          headers: { Authorization: basicAuth() },
        },
      );
      return response.status;
    };
    expect(await list("2008-01-02")).toBe(200);
    expect(await list("2026-01-02T03:04:05Z")).toBe(200);
    expect(await list("yesterday")).toBe(400);
  });

  test("gives its largest page when asked for a larger one", async () => {
    const { origin } = await startSimulator();
    const response = await fetch(`${origin}${MESSAGES}.json?PageSize=1000`, {
      headers: { Authorization: basicAuth() },
    });
    expect(await response.json()).toMatchObject({
      page_size: 1000,
      messages: [],
      next_page_uri: null,
      end: 0,
    });
  });
});

describe("message feedback through Twilio's SDK", () => {
  test("is taken with 200 and kept in order of arrival", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const send = () => client.messages.create({ to: TO, from: FROM, body: "123456", provideFeedback: true });
    const [first, second] = [await send(), await send()];

    const response = await client.messages(second.sid).feedback.createWithHttpInfo({ outcome: "confirmed" });
    expect(response.statusCode).toBe(200);
    expect(response.body).toMatchObject({ messageSid: second.sid, outcome: "confirmed" });
    await client.messages(first.sid).feedback.create({ outcome: "unconfirmed" });
    await client.messages(second.sid).feedback.create({ outcome: "confirmed" });

    const ledger = simulator.ledger().map(({ messageSid, outcome }) => [messageSid, outcome]);
    expect(ledger).toEqual([
      [second.sid, "confirmed"],
      [first.sid, "unconfirmed"],
      [second.sid, "confirmed"],
    ]);
    expect((await control(origin, "GET", "/feedback")).body).toEqual(simulator.ledger());
  });

  test("is refused for an unknown message, and for one sent without ProvideFeedback", async () => {
    const { origin, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create({ to: TO, from: FROM, body: "Your password was changed" });
    for (const target of [sid, STRANGE_SID]) {
      const feedback = client.messages(target).feedback.create({ outcome: "confirmed" });
      await expect(feedback).rejects.toMatchObject({ status: 404, code: 20404 });
    }
    expect(simulator.ledger()).toEqual([]);
  });

  test("is refused without an outcome, or with one that Twilio does not know", async () => {
    const { origin } = await startSimulator();
    const { sid } = await sdk(origin).messages.create({
      to: TO,
      from: FROM,
      body: "1",
      provideFeedback: true,
    });
    for (const form of [{}, { Outcome: "perhaps" }]) {
      const { status, body } = await post(
        origin,
        `${MESSAGES}/${sid}/Feedback.json`,
        form as Record<string, string>,
      );
      expect([status, body]).toMatchObject([400, { code: 20001 }]);
    }
  });
});
