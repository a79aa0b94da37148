/** Who is told of what: targets, incidents and their steps, and how each arrives, once, whatever fails meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { v7 as uuid } from "uuid";
import { openSessionOf, SESSION_COOKIE_NAME } from "@/lib/account/session";
import { secondsAfter } from "@/lib/clock";
import { db } from "@/lib/db";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { tellOfExpired } from "@/lib/notifications/expired";
import { NotificationDelivery } from "@/lib/notifications/deliver";
import { forgetNotifications, takeDue } from "@/lib/notifications/due";
import { clear, raise, type Raised } from "@/lib/notifications/incidents";
import { watchBacklog } from "@/lib/notifications/watch/backlog";
import { watchBudget } from "@/lib/notifications/watch/budget";
import { watchFindings } from "@/lib/notifications/watch/findings";
import { watchSilence } from "@/lib/notifications/watch/silence";
import { empty, insertHistory } from "@/tests/support/insights-database";
import { clock, useProduct } from "@/tests/support/product";
import {
  receiveMail,
  receiveWebhooks,
  type MailServer,
  type WebhookReceiver,
} from "@/tests/support/receivers";
import { dispatch } from "@/tests/support/routes";
import { until } from "@/tests/support/until";

const product = useProduct();
let receiver: WebhookReceiver;
let mail: MailServer;

beforeAll(async () => {
  receiver = await receiveWebhooks();
  mail = await receiveMail(["nobody@example.com"]);
});

afterAll(async () => {
  await receiver.close();
  await mail.close();
});

beforeEach(async () => {
  await db().notificationTarget.deleteMany();
  await db().incident.deleteMany();
  await db().alert.deleteMany();
  receiver.posts.length = 0;
  receiver.answers(204);
  mail.mails.length = 0;
  product.configure({
    DASHBOARD_ACCESS: "open",
    SMTP_URL: mail.url,
    ALERTS_FROM: "Alarms <otp@example.com>",
  });
});

const PATH = "/api/notifications";
const webhook = () => ({ kind: "webhook", target: `${receiver.origin}/hook`, events: ["finding", "budget"] });
const add = (body: object) => product.call("POST", PATH, body);

const problem = (over: Partial<Raised> = {}): Raised => ({
  kind: "finding",
  subject: "one",
  severity: "warning",
  level: 1,
  said: {
    title: "Fell <here> & there",
    text: "So it did.",
    path: "/destinations/BR",
    data: { country: "BR" },
  },
  ...over,
});
const OVER = { title: "It is over", text: "At last.", path: "/", data: {} };

/** What the receiver has, by type, each id once. */
const received = () =>
  [...new Map(receiver.posts.map((post) => [post.headers["webhook-id"], post])).values()].map(
    ({ body }) => (JSON.parse(body) as { type: string }).type,
  );

/** Delivers what is due, once. */
async function deliverNotifications(): Promise<void> {
  const delivery = new NotificationDelivery();
  await delivery.begin();
  await delivery.settled();
}

/** Goes on delivering for so long, a second at a time. */
async function deliverFor(seconds: number, step = 1): Promise<void> {
  for (let passed = 0; passed < seconds; passed += step) {
    await deliverNotifications();
    product.advance(step);
  }
}

describe("targets", () => {
  test("are kept, changed and taken away; what they are told by is sealed", async () => {
    const made = await add({ ...webhook(), quiet: { from: "22:00", to: "07:00", tz: "Asia/Kolkata" } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...webhook(),
      minSeverity: "warning",
      quiet: { from: "22:00", to: "07:00", tz: "Asia/Kolkata" },
      failures: 0,
    });
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    const listed = await product.call("GET", PATH);
    const { secret, ...rest } = made.body;
    expect(listed.body).toEqual({ rows: [rest] });
    const { rows } = await product.pool.query<{ all: string }>(
      "select t::text as all from notification_target t",
    );
    expect(rows[0]!.all).not.toContain("127.0.0.1");
    expect(rows[0]!.all).not.toContain((secret as string).slice(6));

    const path = `${PATH}/${made.body.id}`;
    const changed = await product.call("PUT", path, {
      ...webhook(),
      events: ["silence"],
      minSeverity: "critical",
    });
    expect(changed.body).toMatchObject({ events: ["silence"], minSeverity: "critical", quiet: null });
    expect((await product.call("PUT", path, { ...webhook(), kind: "slack" })).status).toBe(404);
    expect((await product.call("DELETE", path)).status).toBe(204);
    expect((await product.call("DELETE", path)).status).toBe(404);
    for (const [method, sub] of [
      ["POST", "/test"],
      ["GET", "/deliveries"],
    ] as const) {
      expect((await product.call(method, path + sub)).status).toBe(404);
    }
  });

  test.each([
    ["target", { target: "http://example.com/hook" }],
    ["target", { target: "https://user:secret@example.com/" }],
    ["target", { target: "ftp://127.0.0.1/" }],
    ["target", { kind: "email", target: "two@example.com, three@example.com" }],
    ["events", { events: [] }],
    ["events", { events: ["verification"] }],
    ["minSeverity", { minSeverity: "loud" }],
    ["quiet.tz", { quiet: { from: "22:00", to: "07:00", tz: "Mars" } }],
    ["quiet.from", { quiet: { from: "24:00", to: "07:00", tz: "UTC" } }],
    ["quiet", { quiet: { from: "07:00", to: "07:00", tz: "UTC" } }],
  ])("%s is refused by name: %j", async (field, wrong) => {
    const refused = await add({ ...webhook(), ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ field })]);
  });

  test("e-mail asks for a server", async () => {
    product.configure({});
    const refused = await add({ kind: "email", target: "ops@example.com", events: ["finding"] });
    expect(refused.body.errors).toEqual([expect.objectContaining({ field: "kind" })]);
  });

  test("are for programs with a key and for operators", async () => {
    const operator = product.number();
    product.configure({ DASHBOARD_ACCESS: "open", OPERATORS: operator });
    const session = async (number: string) => {
      const account = { id: uuid(), number, country: "US", createdAt: clock() };
      await db().account.create({ data: account });
      return { cookie: `${SESSION_COOKIE_NAME}=${(await openSessionOf(account.id, "Test")).token}` };
    };
    const status = async (headers: Record<string, string>) =>
      (await dispatch(new Request(product.origin + PATH, { headers }))).status;
    expect(await status({})).toBe(401);
    expect(await status(await session(product.number()))).toBe(401);
    expect(await status(await session(operator))).toBe(200);
  });
});

describe("a step", () => {
  test("is told once, signed as Standard Webhooks has it, by whoever takes it first", async () => {
    const { body } = await add(webhook());
    const steps = await Promise.all(Array.from({ length: 8 }, () => raise(problem())));
    expect(steps.filter((step) => step === "opened")).toHaveLength(1);
    await Promise.all([deliverNotifications(), deliverNotifications(), deliverNotifications()]);
    expect(receiver.posts).toHaveLength(1);
    const [post] = receiver.posts;
    // The library reads the clock itself, and takes five minutes: ours stands near its.
    const said = new Webhook(body.secret as string).verify(
      post!.body,
      post!.headers as Record<string, string>,
    );
    expect(said).toEqual({
      type: "finding.opened",
      timestamp: clock().toISOString(),
      data: { title: "Fell <here> & there", text: "So it did.", country: "BR" },
    });
    expect(() =>
      new Webhook(body.secret as string).verify(`${post!.body} `, post!.headers as Record<string, string>),
    ).toThrow();
  });

  test("worse is told where it is worse, an acknowledged one only when it is more severe, and the end to whoever was told", async () => {
    await add(webhook());
    await add({ ...webhook(), target: `${receiver.origin}/critical`, minSeverity: "critical" });
    const at = (path: string) => receiver.posts.filter((post) => post.path === path).length;
    expect(await raise(problem())).toBe("opened");
    expect(await raise(problem())).toBeNull();
    expect(await raise(problem({ level: 2 }))).toBe("worse");
    await deliverFor(4);
    expect([at("/hook"), at("/critical")]).toEqual([2, 0]);
    await raise(problem({ level: 3, isAcknowledged: true }));
    await deliverFor(4);
    expect([at("/hook"), at("/critical")]).toEqual([2, 0]);
    await raise(problem({ level: 4, isAcknowledged: true, severity: "critical" }));
    expect(await clear(problem(), OVER)).toBe(true);
    expect(await clear(problem(), OVER)).toBe(false);
    await deliverFor(4);
    expect([at("/hook"), at("/critical")]).toEqual([4, 2]);
    expect(received().slice(-2)).toEqual(["finding.cleared", "finding.cleared"]);
    expect(await raise(problem())).toBe("opened");
  });

  test("arrives exactly once and in order when its receiver was away for an hour, and others are not kept waiting", async () => {
    await add({ ...webhook(), target: "http://127.0.0.1:9/away" });
    const away = await add(webhook());
    receiver.answers(503);
    await raise(problem());
    await deliverFor(600, 10);
    await raise(problem({ level: 2 }));
    await raise(problem({ subject: "two" }));
    await deliverFor(1_800, 30);
    await clear(problem(), OVER);
    await deliverFor(1_200, 30);
    expect(received()).toEqual([]);
    const waiting = await product.call("GET", `${PATH}/${away.body.id}/deliveries`);
    expect(waiting.body.rows).toHaveLength(4);
    expect((waiting.body.rows as object[]).at(-1)).toMatchObject({
      type: "finding.opened",
      error: "http_503",
      deliveredAt: null,
    });

    receiver.answers(204);
    await deliverFor(2_400, 10);
    expect(received().toSorted()).toEqual([
      "finding.cleared",
      "finding.opened",
      "finding.opened",
      "finding.worse",
    ]);
    const ofOne = receiver.posts
      .filter(({ body }) => !body.includes('"two"'))
      .map(({ body }) => JSON.parse(body).type);
    expect(ofOne.filter((type) => type !== "finding.opened")).toEqual(["finding.worse", "finding.cleared"]);
    expect(receiver.posts).toHaveLength(4);
    expect((await product.call("GET", PATH)).body.rows).toContainEqual(
      expect.objectContaining({ id: away.body.id, failures: 0 }),
    );
  });

  test("whose teller died is told when the lease is over, under the same id", async () => {
    await add(webhook());
    await raise(problem());
    const [taken] = await takeDue([]);
    await deliverFor(15);
    expect(receiver.posts).toHaveLength(0);
    await deliverFor(10);
    expect(receiver.posts.map(({ headers }) => headers["webhook-id"])).toEqual([taken!.id]);
  });

  test("that no try got through is given up after three days, one that is not wanted at once; its log is kept for 30 days", async () => {
    const { body } = await add(webhook());
    const rows = async () => (await product.call("GET", `${PATH}/${body.id}/deliveries`)).body.rows;
    receiver.answers(302);
    await raise(problem());
    await deliverFor(3 * 86_400, 3_600);
    await deliverFor(7_200, 60);
    expect(await rows()).toEqual([
      expect.objectContaining({ error: "http_302", givenUpAt: expect.any(String) }),
    ]);
    receiver.answers(410);
    await raise(problem({ subject: "two" }));
    await deliverFor(60);
    expect((await rows())[0]).toMatchObject({ error: "http_410", tries: 1, givenUpAt: expect.any(String) });
    product.advance(31 * 86_400);
    await forgetNotifications();
    expect(await rows()).toEqual([]);
  });

  test("waits for the end of quiet hours, unless it is critical", async () => {
    const local = new Date(clock().getTime() + 5.5 * 3_600_000).toISOString().slice(11, 16);
    const end = new Date(clock().getTime() + 7.5 * 3_600_000).toISOString().slice(11, 16);
    await add({ ...webhook(), quiet: { from: local, to: end, tz: "Asia/Kolkata" } });
    await raise(problem());
    await deliverFor(3_000, 60);
    expect(received()).toEqual([]);
    await raise(problem({ subject: "two", severity: "critical" }));
    await deliverNotifications();
    expect(receiver.posts).toHaveLength(1);
    await deliverFor(4_500, 60);
    expect(receiver.posts).toHaveLength(2);
  });

  test("goes to Slack as a text, and by e-mail as one thread", async () => {
    await add({ ...webhook(), kind: "slack", target: `${receiver.origin}/slack` });
    await add({ kind: "email", target: "ops@example.com", events: ["finding"] });
    const unknown = await add({ kind: "email", target: "nobody@example.com", events: ["finding"] });
    await raise(problem());
    await raise(problem({ level: 2 }));
    await deliverFor(10);
    expect(receiver.posts).toHaveLength(2);
    expect(JSON.parse(receiver.posts[0]!.body)).toEqual({
      text: `*Fell &lt;here&gt; &amp; there*\nSo it did.\n<${product.origin}/destinations/BR|Open OTP Insights>`,
    });
    expect(mail.mails.map(({ to }) => to)).toEqual([["ops@example.com"], ["ops@example.com"]]);
    const header = (name: string) =>
      mail.mails.map(({ source }) => new RegExp(`^${name}: (.*)$`, "im").exec(source)?.[1]?.trim());
    expect(new Set(header("References")).size).toBe(1);
    expect(new Set(header("Message-ID")).size).toBe(2);
    expect(header("Subject")[0]).toBe("Fell <here> & there");
    expect(header("From")[0]).toContain("<otp@example.com>");
    const log = await product.call("GET", `${PATH}/${unknown.body.id}/deliveries`);
    expect((log.body.rows as object[]).at(-1)).toMatchObject({
      error: "smtp_550",
      tries: 1,
      givenUpAt: expect.any(String),
    });
  });

  test("can be tried out", async () => {
    const { body } = await add(webhook());
    const tryOut = async () => (await product.call("POST", `${PATH}/${body.id}/test`)).body;
    expect(await tryOut()).toEqual({ delivered: true, error: null });
    expect(received()).toEqual(["notification.test"]);
    receiver.answers(404);
    expect(await tryOut()).toEqual({ delivered: false, error: "http_404" });
  });
});

describe("what is told of", () => {
  const steps = async (kind: string) =>
    (
      await db().notification.findMany({ where: { type: { startsWith: kind } }, orderBy: { seq: "asc" } })
    ).map(({ type, severity, said }) => ({ type, severity, said: said as { title: string; text: string } }));

  test("findings: that one is there, falls further, was seen, is over", async () => {
    await add(webhook());
    const since = secondsAfter(clock(), -7_200);
    const finding = {
      id: uuid(),
      country: "BR",
      network: "Vivo",
      since,
      openedAt: clock(),
      baselineAttempted: 1_000,
      baselineConfirmed: 880,
      attempted: 100,
      confirmed: 66,
    };
    await db().alert.create({ data: finding });
    await watchFindings();
    await watchFindings();
    const [opened, ...more] = await steps("finding");
    expect(more).toEqual([]);
    expect(opened).toMatchObject({
      type: "finding.opened",
      severity: "warning",
      said: { title: "Vivo in Brazil: conversion fell from 88\u00a0% to 66\u00a0%" },
    });
    expect(opened!.said.text).toContain(
      "66 of 100 messages were confirmed in time: 66\u00a0% (56\u00a0% to 75\u00a0%) where 88\u00a0% is usual.",
    );
    expect(opened!.said.text).toContain("About 22 sign-ins were lost.");

    const seen = await product.call("PUT", `/api/insights/alerts/${finding.id}/acknowledgement`, {
      note: "Carrier told",
    });
    expect(seen.status).toBe(204);
    const { rows } = (await product.call("GET", "/api/insights/alerts?range=24h")).body;
    expect(rows).toEqual([
      expect.objectContaining({ note: "Carrier told", acknowledgedAt: clock().toISOString() }),
    ]);
    expect((await product.call("PUT", `/api/insights/alerts/${uuid()}/acknowledgement`, {})).status).toBe(
      404,
    );

    const change = (data: object) => db().alert.update({ where: { id: finding.id }, data });
    await change({ attempted: 200, confirmed: 110 });
    await watchFindings();
    expect(await steps("finding")).toHaveLength(1);
    await change({ attempted: 300, confirmed: 110 });
    await watchFindings();
    expect((await steps("finding"))[1]).toMatchObject({ type: "finding.worse", severity: "critical" });
    await change({ until: clock() });
    await watchFindings();
    await watchFindings();
    expect((await steps("finding")).slice(2)).toMatchObject([
      { type: "finding.cleared", severity: "critical" },
    ]);
  });

  test("feedback that waits, and is delivered", async () => {
    await add({ ...webhook(), events: ["backlog"] });
    await product.stopTwilio().catch(() => undefined);
    await product.startTwilio();
    const { id, code } = await product.start();
    await product.check(id, code);
    await watchBacklog();
    product.advance(601);
    await watchBacklog();
    product.advance(3_000);
    await watchBacklog();
    await deliverFeedback();
    await watchBacklog();
    expect(await steps("backlog")).toMatchObject([
      {
        type: "backlog.opened",
        severity: "warning",
        said: { title: "Twilio has not been told of 1 confirmed messages" },
      },
      { type: "backlog.worse", severity: "critical" },
      { type: "backlog.cleared", severity: "critical" },
    ]);
  });

  test("silence, where some should be confirmed, and only there", async () => {
    await empty(product.pool);
    await add({ ...webhook(), events: ["silence"] });
    const quarter = 900_000;
    const now = Math.floor(clock().getTime() / quarter) * quarter;
    const at = (quarters: number) => new Date(now - quarters * quarter);
    const usual = { country: "ID", network: "Alpha", attempted: 40, confirmed: 30 };
    await insertHistory(
      product.pool,
      Array.from({ length: 40 }, (_, q) => ({ ...usual, at: at(q + 4) })),
    );
    await insertHistory(product.pool, [{ ...usual, at: at(2), confirmed: 0 }]);
    await watchSilence();
    await watchSilence();
    expect(await steps("silence")).toMatchObject([{ type: "silence.opened", severity: "critical" }]);
    await insertHistory(product.pool, [{ ...usual, at: at(0), attempted: 1, confirmed: 1 }]);
    await watchSilence();
    expect((await steps("silence"))[1]).toMatchObject({ type: "silence.cleared" });
  });

  test("the ceiling on all messages, as it fills and as it has room again", async () => {
    product.configure({ MAX_MESSAGES_PER_HOUR: "10" });
    await add(webhook());
    for (let sent = 0; sent < 10; sent += 1) {
      const { status } = await product.call("POST", "/api/verifications", { to: product.number() });
      expect(status).toBe(201);
      await watchBudget();
    }
    const refused = await product.call("POST", "/api/verifications", { to: product.number() });
    expect(refused.body.code).toBe("too_many_starts");
    product.advance(1_500);
    await watchBudget();
    product.advance(1_000);
    await watchBudget();
    expect((await steps("budget")).map(({ type, said }) => [type, said.title])).toEqual([
      ["budget.opened", "50\u00a0% of MAX_MESSAGES_PER_HOUR is used by unknown askers"],
      ["budget.worse", "80\u00a0% of MAX_MESSAGES_PER_HOUR is used by unknown askers"],
      ["budget.worse", "MAX_MESSAGES_PER_HOUR is used up by unknown askers"],
      ["budget.cleared", "MAX_MESSAGES_PER_HOUR has room again for unknown askers"],
    ]);
  });
});

describe("what programs are told", () => {
  const EVENTS = [
    "verification.approved",
    "verification.expired",
    "message.delivered",
    "message.failed",
    "feedback.reported",
  ];
  const bodies = () =>
    receiver.posts.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });

  test("is each thing that happens, once, in its order, and without a number", async () => {
    await add({ ...webhook(), events: EVENTS });
    const { id, to, code, sid } = await product.start();
    await until(async () => (await db().message.count({ where: { sid, deliveredAt: { not: null } } })) === 1);
    await product.check(id, code);
    await product.check(id, code);
    await deliverFeedback();
    const wrong = await product.start();
    product.advance(700);
    await Promise.all([tellOfExpired(), tellOfExpired(), tellOfExpired()]);
    await deliverFor(10);
    const ofFirst = bodies().filter(({ data }) => data["verification"] === id);
    expect(ofFirst.map(({ type }) => type)).toEqual([
      "message.delivered",
      "verification.approved",
      "feedback.reported",
    ]);
    expect(ofFirst[2]!.data).toMatchObject({ sid, country: "US" });
    const ofSecond = bodies().filter(({ data }) => data["verification"] === wrong.id);
    expect(ofSecond.map(({ type }) => type).toSorted()).toEqual([
      "message.delivered",
      "verification.expired",
    ]);
    expect(receiver.posts.map(({ body }) => body).join()).not.toContain(to.slice(1));
    await tellOfExpired();
    await deliverFor(10);
    expect(receiver.posts).toHaveLength(5);
    // They are kept for a few days only.
    product.advance(5 * 86_400);
    await forgetNotifications();
    expect(await db().notification.count()).toBe(0);
  });

  test("is that a message was refused or failed, too; and goes to webhooks only", async () => {
    const refused = await add({
      kind: "slack",
      target: "https://example.com/",
      events: ["finding", "message.failed"],
    });
    expect(refused.body.errors).toEqual([expect.objectContaining({ field: "events" })]);
    await add({ ...webhook(), events: EVENTS });
    await product.call("POST", "/api/verifications", { to: "+15005550001" });
    await deliverFor(3);
    expect(bodies()).toMatchObject([{ type: "message.failed", data: { errorCode: 21211, sid: null } }]);
  });
});
