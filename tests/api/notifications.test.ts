/** Who is told of what: targets, incidents and their steps, and how each arrives, once, whatever fails meanwhile. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { v7 as uuid } from "uuid";
import { openSessionOf, SESSION_COOKIE_NAME } from "@/lib/account/session";
import { secondsAfter } from "@/lib/clock";
import { db } from "@/lib/db";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { tellOfExpired } from "@/lib/notifications/expired";
import { NotificationDelivery } from "@/lib/notifications/deliver";
import { forgetNotifications, markFailed, takeDue } from "@/lib/notifications/due";
import { clear, raise, type Raised } from "@/lib/notifications/incidents";
import { watchBacklog } from "@/lib/notifications/watch/backlog";
import { watchBreakers } from "@/lib/notifications/watch/breaker";
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
import { nodeArguments } from "@/scripts/support/programs";
import { dispatch } from "@/tests/support/routes";
import { isolatedEnvironment } from "@/tests/support/process";
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

  test("arrives exactly once and in order when its receiver was away for an hour, though several tell, and others are not kept waiting", async () => {
    await add({ ...webhook(), target: "http://127.0.0.1:9/away" });
    const away = await add(webhook());
    await receiver.leave();
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
      error: "ECONNREFUSED",
      deliveredAt: null,
    });

    await receiver.comeBack();
    for (let passed = 0; passed < 2_400; passed += 40) {
      await Promise.all([deliverNotifications(), deliverNotifications()]);
      product.advance(40);
    }
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

  test("that is told as its teller is killed is told again when the lease is over, under the same id; and only that is", async () => {
    const lost = await receiveWebhooks();
    try {
      lost.answers("lost");
      await add(webhook());
      await add({ ...webhook(), target: `${lost.origin}/hook` });
      await raise(problem());
      // What one receiver has answered is not written down, and the other's answer never comes.
      const { NODE_OPTIONS: _, ...inherited } = process.env;
      const teller = spawn(process.execPath, await nodeArguments("tests/support/teller.ts"), {
        env: isolatedEnvironment({
          ...inherited,
          DATABASE_URL: product.databaseUrl,
          SECRET_KEY: "a key for tests only, 32 bytes or more",
          PUBLIC_BASE_URL: product.origin,
          LOG_LEVEL: "silent",
          CLOCK: clock().toISOString(),
        }),
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      teller.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      await until(() => said.includes("answered") && lost.posts.length === 1);
      const gone = once(teller, "exit");
      teller.kill("SIGKILL");
      await gone;
      lost.answers(204);
      await raise(problem({ level: 2 }));
      await raise(problem({ subject: "two" }));

      await deliverFor(15, 5);
      expect([receiver, lost].map(({ posts }) => posts.length)).toEqual([2, 2]);
      await deliverFor(30, 3);
      for (const { posts } of [receiver, lost]) {
        const ids = posts.map(({ headers }) => headers["webhook-id"]);
        const [first, , again] = ids;
        // The later subject's, which waited for nobody, came in between.
        expect(ids).toHaveLength(4);
        expect(again).toBe(first);
        expect(new Set(ids).size).toBe(3);
        expect(posts[2]?.body).toBe(posts[0]?.body);
        expect(posts.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
          "finding.opened",
          "finding.opened",
          "finding.opened",
          "finding.worse",
        ]);
      }
      expect(await db().notification.count({ where: { deliveredAt: null } })).toBe(0);
    } finally {
      await lost.close();
    }
  });

  test("that arrived but could not be written down is not told again by whoever told it", async () => {
    await add(webhook());
    await raise(problem());
    const delivery = new NotificationDelivery();
    await product.pool.query(
      "alter table notification add constraint unwritable check (delivered_at is null) not valid",
    );
    await delivery.begin();
    await delivery.settled();
    await product.pool.query("alter table notification drop constraint unwritable");
    expect(await db().notification.count({ where: { deliveredAt: null } })).toBe(1);
    product.advance(21);
    await delivery.begin();
    await delivery.settled();
    expect(receiver.posts).toHaveLength(1);
    expect(await db().notification.count({ where: { deliveredAt: null } })).toBe(0);
  });

  test("that waits is told at once where its target has moved to, and not twice where it is just under way", async () => {
    const { body } = await add(webhook());
    const move = (path: string) =>
      product.call("PUT", `${PATH}/${body.id}`, { ...webhook(), target: `${receiver.origin}${path}` });
    receiver.answers(503);
    await raise(problem());
    await raise(problem({ subject: "two" }));
    await deliverFor(3_600, 60);
    receiver.answers(204);
    expect((await move("/moved")).body).toMatchObject({ failures: 0 });
    await deliverNotifications();
    expect(receiver.posts.map(({ path }) => path)).toEqual(["/moved", "/moved"]);

    await raise(problem({ level: 2 }));
    const [taken] = await takeDue([]);
    await move("/again");
    await deliverNotifications();
    expect(receiver.posts).toHaveLength(2);
    // Where it was, nobody answers any more: that says nothing of where it is.
    await markFailed(taken!, "http_410", true);
    await deliverNotifications();
    expect(receiver.posts.map(({ path }) => path)).toEqual(["/moved", "/moved", "/again"]);
    expect((await product.call("GET", PATH)).body.rows).toEqual([expect.objectContaining({ failures: 0 })]);
  });

  test("is signed with the new secret and the one before for a day, and then with the new one alone", async () => {
    const { body } = await add(webhook());
    const renew = async () => (await product.call("POST", `${PATH}/${body.id}/secret`)).body;
    const renewed = await renew();
    expect(renewed).toEqual({
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/),
      previousUntil: secondsAfter(clock(), 86_400).toISOString(),
    });
    await raise(problem());
    await deliverNotifications();
    const [first] = receiver.posts;
    for (const secret of [body.secret, renewed.secret] as string[]) {
      new Webhook(secret).verify(first!.body, first!.headers as Record<string, string>);
    }
    const signers = (post: (typeof receiver.posts)[number], secrets: Record<string, string>) => {
      const [id, at] = ["webhook-id", "webhook-timestamp"].map((name) => String(post.headers[name]));
      const byHand = (secret: string) =>
        new Webhook(secret).sign(id!, new Date(Number(at) * 1_000), post.body);
      const names = new Map(Object.entries(secrets).map(([name, secret]) => [byHand(secret), name]));
      return String(post.headers["webhook-signature"])
        .split(" ")
        .map((one) => names.get(one));
    };
    const third = await renew();
    await product.call("POST", `${PATH}/${body.id}/test`);
    const secrets = { first: body.secret, second: renewed.secret, third: third.secret };
    expect(signers(receiver.posts[1]!, secrets)).toEqual(["third", "second"]);
    product.advance(86_401);
    await raise(problem({ level: 2 }));
    await deliverNotifications();
    expect(signers(receiver.posts[2]!, secrets)).toEqual(["third"]);
    await forgetNotifications();
    expect(await db().notificationTarget.findMany({ select: { previousSecret: true } })).toEqual([
      { previousSecret: null },
    ]);
    const slack = await add({ ...webhook(), kind: "slack" });
    expect((await product.call("POST", `${PATH}/${slack.body.id}/secret`)).status).toBe(404);
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

  test("feedback that Twilio refuses for good, one after the other", async () => {
    await add({ ...webhook(), events: ["backlog"] });
    await product.pool.query("delete from feedback");
    for (let n = 0; n < 5; n += 1) {
      const { id, code } = await product.start();
      await product.check(id, code);
    }
    const refuse =
      "update feedback set refused_at = $1, error = '20404' where message_id in (select message_id from feedback limit $2)";
    await product.pool.query(refuse, [clock(), 4]);
    await watchBacklog();
    await product.pool.query(refuse, [clock(), 5]);
    await watchBacklog();
    await watchBacklog();
    product.advance(3_601);
    await watchBacklog();
    expect((await steps("backlog")).map(({ type, said }) => [type, said.title])).toEqual([
      ["backlog.opened", "Twilio refuses the feedback of confirmed messages: 20404"],
      ["backlog.cleared", "Twilio refuses feedback no more"],
    ]);
    await product.pool.query("delete from feedback");
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

  test.each([
    ["where few sign in", { before: 2, confirmed: 2, since: 1 }, 24, "in six hours"],
    ["where none was ever confirmed", { before: 0, confirmed: 0, since: 5 }, 12, "in two hours"],
    ["not where too few were sent", { before: 8, confirmed: 2, since: 1 }, 24, null],
  ])("silence, %s", async (_, { before, confirmed, since }, quarters, words) => {
    await empty(product.pool);
    await add({ ...webhook(), events: ["silence"] });
    const quarter = 900_000;
    const start = Math.floor((clock().getTime() - 180_000) / quarter) * quarter;
    const at = (n: number) => new Date(start - n * quarter);
    const usual = { country: "ID", network: "Alpha" };
    const rows = (from: number, to: number, counts: { attempted: number; confirmed: number }) =>
      Array.from({ length: to - from }, (__, n) => ({ ...usual, ...counts, at: at(from + n) }));
    const old = before > 0 ? rows(quarters + 1, 200, { attempted: before, confirmed }) : [];
    await insertHistory(product.pool, [...old, ...rows(1, quarters + 1, { attempted: since, confirmed: 0 })]);
    await watchSilence();
    await watchSilence();
    const titles = (await steps("silence")).map(({ said }) => said.title);
    expect(titles).toEqual(words === null ? [] : [`Not one message was confirmed ${words}`]);
    if (words === null) return;
    // The first that is confirmed after it was noticed ends it, however long it takes.
    product.advance(7_200);
    await insertHistory(product.pool, [{ ...usual, at: at(-1), attempted: 1, confirmed: 1 }]);
    product.advance(3_600);
    await watchSilence();
    expect((await steps("silence")).map(({ type }) => type)).toEqual(["silence.opened", "silence.cleared"]);
  });

  test("the ceiling on all messages, as it fills and as it has room again", async () => {
    product.configure({ MAX_MESSAGES_PER_HOUR: "5" });
    await add(webhook());
    for (let sent = 0; sent < 5; sent += 1) {
      const { status } = await product.call("POST", "/api/verifications", { to: product.number() });
      expect(status).toBe(201);
      await watchBudget();
    }
    const refused = await product.call("POST", "/api/verifications", { to: product.number() });
    expect(refused.body.code).toBe("too_many_starts");
    // It has room again within the hour, and is used again: that is no news.
    product.advance(2_500);
    await watchBudget();
    for (let sent = 0; sent < 3; sent += 1) {
      await product.call("POST", "/api/verifications", { to: product.number() });
    }
    await watchBudget();
    product.advance(3_600);
    await watchBudget();
    await watchBudget();
    expect((await steps("budget")).map(({ type, said }) => [type, said.title])).toEqual([
      ["budget.opened", "50\u00a0% of MAX_MESSAGES_PER_HOUR is used by unknown askers"],
      ["budget.worse", "80\u00a0% of MAX_MESSAGES_PER_HOUR is used by unknown askers"],
      ["budget.worse", "MAX_MESSAGES_PER_HOUR is used up by unknown askers"],
      ["budget.cleared", "MAX_MESSAGES_PER_HOUR has room again for unknown askers"],
    ]);
    // Where there is no ceiling any more, none is watched.
    await raise(problem({ kind: "budget", subject: "unknown" }));
    product.configure({});
    await watchBudget();
    expect((await steps("budget")).slice(-2).map(({ type, said }) => [type, said.title])).toEqual([
      ["budget.opened", "Fell <here> & there"],
      ["budget.cleared", "A budget is not watched any more"],
    ]);
  });

  test("what messages cost of an hour and of a day, each level once in its window, where a rule does not look away", async () => {
    await product.pool.query("delete from exposure");
    await product.pool.query("delete from usual");
    await product.pool.query(
      "insert into usual (place, most_confirmed, share, price) values ('', 0, 0.5, 0.1)",
    );
    await add({ ...webhook(), events: ["budget"] });
    const rule = (name: string, body: object) => product.call("PUT", `/api/protection/rules/${name}`, body);
    // Of 10 cents each.
    const send = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1) {
        await product.call("POST", "/api/verifications", { to: product.number() });
        await watchBudget();
      }
    };
    const told = async () =>
      (await steps("budget")).map(({ type, severity, said }) => [type, severity, said.title]);
    await send(1);
    expect(await told()).toEqual([]);
    await rule("spend_hour", { mode: "enforce", threshold: 0.52 });
    await rule("spend_day", { mode: "monitor", threshold: 1 });
    await send(5);
    const hour = [
      ["budget.opened", "warning", "50\u00a0% of the budget of an hour is used"],
      ["budget.worse", "warning", "80\u00a0% of the budget of an hour is used"],
      ["budget.worse", "critical", "The budget of an hour is used up"],
    ];
    const day = [["budget.opened", "warning", "50\u00a0% of the budget of a day is used"]];
    const ofHour = async () => (await told()).filter(([, , title]) => title!.includes("hour"));
    const ofDay = async () => (await told()).filter(([, , title]) => title!.includes("day"));
    expect([await ofHour(), await ofDay()]).toEqual([hour, day]);
    expect((await steps("budget")).at(-1)!.said.text).toBe(
      "$0.50 of $0.52 went on messages in the last hour. A message that it has no room for is refused, whoever asks for it.",
    );

    product.advance(4_000);
    await watchBudget();
    hour.push(["budget.cleared", "critical", "The budget of an hour has room again"]);
    expect(await ofHour()).toEqual(hour);
    await send(6);
    hour.push(...hour.slice(0, 3));
    day.push(
      ["budget.worse", "warning", "80\u00a0% of the budget of a day is used"],
      ["budget.worse", "critical", "The budget of a day is used up"],
    );
    expect([await ofHour(), await ofDay()]).toEqual([hour, day]);
    // Another budget is told of anew, and one that is off not at all.
    product.advance(1);
    await rule("spend_day", { threshold: 10, mode: "monitor" });
    await rule("spend_hour", { mode: "off" });
    await watchBudget();
    hour.push(["budget.cleared", "critical", "A budget is not watched any more"]);
    day.push(["budget.cleared", "critical", "The budget of a day has room again"]);
    expect((await told()).toSorted()).toEqual([...hour, ...day].toSorted());
    await product.pool.query("delete from usual");
  });

  test("each step of a breaker, once however many watch, as one incident from its opening to its end", async () => {
    await product.pool.query("delete from breaker_step");
    await add({ ...webhook(), events: ["breaker"], minSeverity: "info" });
    await add({ ...webhook(), kind: "slack", target: `${receiver.origin}/slack`, events: ["breaker"] });
    await add({ kind: "email", target: "ops@example.com", events: ["breaker"] });
    const write = (place: string, step: string, figures: [number, number, number]) =>
      product.pool.query(
        "insert into breaker_step (place, at, step, unanswered, allowed, confirmed) values ($1, $2, $3, $4, $5, $6)",
        [place, clock(), step, ...figures],
      );
    const watchTogether = () => Promise.all([watchBreakers(), watchBreakers(), watchBreakers()]);
    await write("BR:Claro", "opened", [24, 20, 0]);
    await write("+5511987654", "opened", [8, 8, 0]);
    await write("BR:Claro", "half_open", [0, 1, 0]);
    await watchTogether();
    product.advance(60);
    await write("BR:Claro", "closed", [0, 20, 20]);
    await watchTogether();
    await watchTogether();
    await deliverFor(6);

    const posts = receiver.posts.filter(({ path }) => path === "/hook");
    const told = posts.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });
    expect(new Set(posts.map(({ headers }) => headers["webhook-id"])).size).toBe(4);
    const of = (place: string) => told.filter(({ data }) => data["place"] === place);
    expect(of("BR:Claro").map(({ type, data }) => [type, data["title"]])).toEqual([
      ["breaker.opened", "Claro in Brazil is refused: 24 messages unanswered, where 20 may be"],
      ["breaker.half_open", "Claro in Brazil is tried, whether codes come back from there"],
      ["breaker.cleared", "Claro in Brazil is open again"],
    ]);
    expect(of("BR:Claro")[2]?.data).toMatchObject({
      country: "BR",
      step: "closed",
      confirmed: 20,
      allowed: 20,
    });
    expect(of("+5511987654").map(({ type, data }) => [type, data["title"]])).toEqual([
      ["breaker.opened", "Block +5511987654 is refused: 8 messages unanswered, where 8 may be"],
    ]);
    // Who is told of warnings hears of the beginning and the end.
    expect(receiver.posts.filter(({ path }) => path === "/slack")).toHaveLength(3);
    const thread = (subject: string) =>
      mail.mails
        .filter(({ source }) => source.includes(subject))
        .map(({ source }) => /^References: (.*)$/im.exec(source)?.[1]?.trim());
    expect(mail.mails).toHaveLength(3);
    expect(thread("Claro in Brazil is")).toHaveLength(2);
    expect(new Set(thread("Claro in Brazil is")).size).toBe(1);

    const { rows } = (await product.call("GET", "/api/incidents")).body;
    expect(rows).toEqual([
      expect.objectContaining({ subject: "+5511987654", severity: "critical", clearedAt: null }),
      expect.objectContaining({ subject: "BR:Claro", clearedAt: expect.any(String) }),
    ]);
    await product.call("PUT", `/api/incidents/${rows[0].id}/acknowledgement`, { note: "Blocked it" });
    await write("+5511987654", "half_open", [0, 1, 0]);
    await watchTogether();
    expect(await steps("breaker")).toHaveLength(4 + 3 + 3);
    await write("+5511987654", "closed", [0, 8, 2]);
    await write("BR:Claro", "opened", [30, 20, 0]);
    await watchTogether();
    expect(new Set((await steps("breaker")).slice(-6).map(({ said }) => said.title))).toEqual(
      new Set([
        "Block +5511987654 is open again",
        "Claro in Brazil is refused: 30 messages unanswered, where 20 may be",
      ]),
    );
    expect(await db().incident.count({ where: { kind: "breaker", subject: "BR:Claro" } })).toBe(2);
  });

  test("whatever is wrong is said to have been seen, and is then told only where it becomes more severe, and at its end", async () => {
    await add({ ...webhook(), events: ["silence", "finding"] });
    const silence = problem({ kind: "silence", subject: "" });
    await raise(silence);
    const { rows } = (await product.call("GET", "/api/incidents")).body;
    expect(rows).toEqual([
      expect.objectContaining({ kind: "silence", title: "Fell <here> & there", acknowledgedAt: null }),
    ]);
    const path = `/api/incidents/${rows[0].id}/acknowledgement`;
    expect((await product.call("PUT", path, { note: "Form is broken" })).status).toBe(204);
    expect((await product.call("GET", "/api/incidents")).body.rows).toEqual([
      expect.objectContaining({ note: "Form is broken", acknowledgedAt: clock().toISOString() }),
    ]);
    await raise({ ...silence, level: 2 });
    expect(await steps("silence")).toHaveLength(1);
    await raise({ ...silence, level: 3, severity: "critical" });
    await clear(silence, OVER);
    expect((await steps("silence")).map(({ type }) => type)).toEqual([
      "silence.opened",
      "silence.worse",
      "silence.cleared",
    ]);
    expect((await product.call("PUT", `/api/incidents/${uuid()}/acknowledgement`, {})).status).toBe(404);
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
