/** Test numbers: a fixed code until a date, and nothing of it sent, limited or counted. */
import { beforeEach, describe, expect, test } from "vitest";
import { browserHash, openSession } from "@/lib/account/session";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { checkVerification } from "@/lib/verification/check";
import { parseRecipient } from "@/lib/verification/recipient";
import { startVerification } from "@/lib/verification/start";
import { getVerification } from "@/lib/verification/verification";
import { clock, OTHER_API_KEY, useProduct } from "../support/product";

const product = useProduct();

const NUMBER = "+12015550100";
const CODE = "123456";

/** The day on which it is one for the last time: today, and how many days from now. */
const lastDay = (days: number) => new Date(clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);

beforeEach(() => {
  product.configure({ TEST_NUMBERS: `${NUMBER}=${CODE}@${lastDay(1)}` });
});

const start = (body: object = {}, headers?: Record<string, string>) =>
  product.call("POST", "/api/verifications", { to: NUMBER, ...body }, headers);

const sent = () => product.exchanges.filter(({ kind }) => kind === "api").length;

async function counted(): Promise<Record<string, number>> {
  await foldDeltas();
  const { rows } = await product.pool.query<Record<string, number>>(
    `select (select count(*) from message)::int as messages, (select count(*) from delta)::int as deltas,
      (select count(*) from cell)::int as cells, (select count(*) from quota)::int as quotas,
      (select count(*) from number_guard)::int as guards, (select count(*) from feedback)::int as feedback`,
  );
  return rows[0] ?? {};
}

describe("a test number", () => {
  test("is started, read and approved by its code as any other, and nothing is sent or counted", async () => {
    const before = await counted();
    const started = await start();
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({
      status: "pending",
      to: NUMBER,
      country: "US",
      checksLeft: 5,
      messageSid: null,
    });
    const { id } = started.body;
    expect(started.headers.get("location")).toBe(`/api/verifications/${id}`);

    const read = await product.call("GET", `/api/verifications/${id}`);
    expect(read.status).toBe(200);
    expect(read.body.messages).toEqual([
      expect.objectContaining({ id: started.body.messageId, sid: null, attempt: 1, status: "delivered" }),
    ]);

    expect((await product.check(id, "654321")).body).toEqual({ status: "pending", checksLeft: 4 });
    expect((await product.check(id, "654321")).body).toEqual({ status: "pending", checksLeft: 4 });
    expect((await product.check(id, CODE)).body).toEqual({ status: "approved", messageSid: null });
    // Whoever lost that answer asks again; a minute later it is used.
    expect((await product.check(id, CODE)).status).toBe(200);
    product.advance(61);
    expect((await product.check(id, CODE)).body).toMatchObject({ code: "already_used" });

    expect(await counted()).toEqual(before);
    expect(sent()).toBe(0);
  });

  test("is on no limit, neither of its own nor of whoever asks", async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => start({ clientIp: "203.0.113.9" })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    // And uses up nothing of it.
    const others = await product.call("POST", "/api/verifications", {
      to: product.number(),
      clientIp: "203.0.113.9",
    });
    expect(others.status).toBe(201);
  });

  test("closes a verification after as many wrong codes as always", async () => {
    const { id } = (await start()).body;
    for (const code of ["000001", "000002", "000003", "000004"]) await product.check(id, code);
    expect((await product.check(id, "000005")).body).toEqual({ status: "max_checks_reached", checksLeft: 0 });
    expect((await product.check(id, CODE)).body).toMatchObject({ code: "max_checks_reached" });
  });

  test("of fifty checks at once with its code approves one, and has told nobody anything else", async () => {
    const { id } = (await start()).body;
    const answers = await Promise.all(Array.from({ length: 50 }, () => product.check(id, CODE)));
    expect(new Set(answers.map(({ body }) => body.status))).toEqual(new Set(["approved"]));
    const { rows } = await product.pool.query(
      "select status, failed_checks from verification where id = $1",
      [id],
    );
    expect(rows).toEqual([{ status: "approved", failed_checks: 0 }]);
  });

  test("answers whoever asks for another message, expires, and can be canceled", async () => {
    const { id } = (await start()).body;
    const again = await product.call("POST", `/api/verifications/${id}/messages`, {});
    expect([again.status, again.body.id]).toEqual([201, id]);
    const canceled = await product.call("DELETE", `/api/verifications/${id}`);
    expect(canceled.body).toMatchObject({ status: "canceled" });
    expect((await product.check(id, CODE)).body).toMatchObject({ code: "canceled" });

    const late = (await start()).body.id as string;
    product.advance(601);
    expect((await product.check(late, CODE)).body).toMatchObject({ code: "expired" });
    expect((await product.call("POST", `/api/verifications/${late}/messages`, {})).body).toMatchObject({
      code: "expired",
    });
    expect(sent()).toBe(0);
  });

  test("is found by the program that started it alone", async () => {
    const { id } = (await start()).body;
    const others = { Authorization: `Bearer ${OTHER_API_KEY}` };
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["POST", "/messages", {}],
      ["POST", "/checks", { code: CODE }],
    ] as const) {
      const answer = await product.call(method, `/api/verifications/${id}${path}`, body, others);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test("is started once by one Idempotency-Key, whose other requests are refused", async () => {
    const key = { "Idempotency-Key": "reviewers-1" };
    const [one, other] = [await start({}, key), await start({}, key)];
    expect([other.status, other.body.id]).toEqual([201, one.body.id]);
    const changed = await start({ locale: "de" }, key);
    expect(changed.body).toMatchObject({ code: "idempotency_key_reused" });
    const elsewhere = await product.call("POST", "/api/verifications", { to: product.number() }, key);
    expect(elsewhere.body).toMatchObject({ code: "idempotency_key_reused" });

    const used = { "Idempotency-Key": "reviewers-2" };
    await product.call("POST", "/api/verifications", { to: product.number() }, used);
    expect((await start({}, used)).body).toMatchObject({ code: "idempotency_key_reused" });

    // The same check with a key is answered the same for a day.
    const check = () => product.call("POST", `/api/verifications/${one.body.id}/checks`, { code: CODE }, key);
    expect((await check()).body).toMatchObject({ status: "approved" });
    product.advance(3_600);
    expect((await check()).body).toMatchObject({ status: "approved" });
  });

  test("has no code of any other action: nothing comes", async () => {
    const { id } = (await start({ action: "link" })).body;
    expect((await product.check(id, CODE)).body).toMatchObject({ code: "wrong_action" });
    expect(sent()).toBe(0);
  });

  test("is sent to although its country is refused, since nothing is", async () => {
    product.configure({ TEST_NUMBERS: `${NUMBER}=${CODE}@${lastDay(1)}`, BLOCKED_COUNTRIES: "US" });
    expect((await start()).status).toBe(201);
  });

  test("signs a browser in", async () => {
    const reading = parseRecipient(NUMBER);
    if (!reading.ok) throw new Error(reading.why);
    const browser = browserHash("a reviewer's browser");
    const started = await startVerification({ recipient: reading.recipient, browser });
    if (started.outcome !== "sent") throw new Error(started.outcome);
    const { id } = started.verification;
    expect(await getVerification(id, { browser })).toMatchObject({ status: "pending", to: NUMBER });
    expect(await checkVerification(id, CODE, "code", { starter: { browser } })).toMatchObject({
      outcome: "approved",
    });
    expect(await openSession(id, browser, null)).toMatchObject({ token: expect.any(String) });
  });
});

describe("after its last day", () => {
  test("it is a number like any other, also where a verification was started before", async () => {
    product.configure({ TEST_NUMBERS: `${NUMBER}=${CODE}@${lastDay(0)}` });
    const { id } = (await start()).body;
    const midnight = new Date(`${lastDay(1)}T00:00:00Z`).getTime();
    // To the last second of its day it is one; what is left of the verification then knows no code.
    product.advance((midnight - clock().getTime()) / 1000 - 1);
    const { id: last } = (await start()).body;
    product.advance(1);
    expect((await product.check(last, CODE)).body).toEqual({ status: "pending", checksLeft: 4 });
    expect((await product.check(id, CODE)).status).not.toBe(201);

    const ordinary = await start();
    expect(ordinary.body).toMatchObject({ messageSid: expect.stringMatching(/^SM/) });
    expect(sent()).toBe(1);
    const code = await product.codeOn(NUMBER, ordinary.body.messageSid as string);
    expect((await product.check(ordinary.body.id as string, code)).body).toMatchObject({
      status: "approved",
    });
  });
});
