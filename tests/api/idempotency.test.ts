import { describe, expect, test } from "vitest";
import { forgetKeptAnswers } from "@/lib/verification/kept-answer";
import { OTHER_API_KEY, otherThan, othersThan, useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";
import { DAY_SECONDS } from "@/lib/terms/durations";

const product = useProduct();
let keys = 0;
const newKey = () => `key-${(keys += 1)}`;

const start = (to: string, key: string, more: object = {}, headers: object = {}) =>
  product.call("POST", "/api/verifications", { to, ...more }, { "Idempotency-Key": key, ...headers });

const sent = (to: string) => product.simulator.messages().filter((message) => message.to === to).length;

/** Whether a verification for the number is in the database. */
async function written(to: string): Promise<boolean> {
  const { rows } = await product.pool.query(`select from verification where "to" = $1`, [to]);
  return rows.length > 0;
}

test("a repeated request sends one SMS, makes one verification and answers the same", async () => {
  const [to, key] = [product.number(), newKey()];
  const first = await start(to, key);
  product.advance(5);
  const again = await start(to, key);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(sent(to)).toBe(1);
});

test("also when the first is still in flight: twenty at once answer the same", async () => {
  const [to, key] = [product.number(), newKey()];
  const answers = await Promise.all(Array.from({ length: 20 }, () => start(to, key)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
  expect(sent(to)).toBe(1);
});

test("while the first takes long, a repeat is told to come back", async () => {
  const [to, key] = [product.number(), newKey()];
  product.simulator.setFaults({ hang: 1 });
  const first = start(to, key);
  await until(() => written(to));
  const again = await start(to, key);
  expect([again.status, again.body.code]).toEqual([409, "request_in_flight"]);
  expect(Number(again.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await first).status).toBe(504);
  const later = await start(to, key);
  expect([later.status, later.body.verification.id]).toEqual([504, (await first).body.verification.id]);
  product.simulator.setFaults({});
});

test("a refused send is answered the same again", async () => {
  const key = newKey();
  const first = await start("+15005550001", key);
  const again = await start("+15005550001", key);
  expect(first.status).toBe(502);
  expect({ ...again.body, requestId: "" }).toEqual({ ...first.body, requestId: "" });
});

test("the same key with another body is refused", async () => {
  const key = newKey();
  await start(product.number(), key);
  const other = await start(product.number(), key);
  expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
});

test("keys belong to the API key they came with", async () => {
  const key = newKey();
  const first = await start(product.number(), key);
  const other = await start(product.number(), key, {}, { Authorization: `Bearer ${OTHER_API_KEY}` });
  expect(other.status).toBe(201);
  expect(other.body.id).not.toBe(first.body.id);
});

test("a key is forgotten after 24 hours", async () => {
  const [to, key] = [product.number(), newKey()];
  const first = await start(to, key);
  product.advance(DAY_SECONDS);
  const later = await start(to, key);
  expect(later.status).toBe(201);
  expect(later.body.id).not.toBe(first.body.id);
});

test("a refusal is not remembered: the same request may succeed later", async () => {
  const to = product.number();
  await product.start({ to });
  const key = newKey();
  expect((await start(to, key)).status).toBe(429);
  product.advance(30);
  expect((await start(to, key)).status).toBe(201);
});

test("a key is looked at before any limit", async () => {
  const [to, key] = [product.number(), newKey()];
  const first = await start(to, key);
  expect((await start(to, newKey())).status).toBe(429);
  expect((await start(to, key)).body).toEqual(first.body);
});

describe("a check", () => {
  const check = (id: string, code: string, key: string, headers: object = {}) =>
    product.call("POST", `/api/verifications/${id}/checks`, { code }, { "Idempotency-Key": key, ...headers });

  test("that is right is answered the same for a day, whatever came after", async () => {
    const { id, sid, code } = await product.start();
    const key = newKey();
    const first = await check(id, code, key);
    expect([first.status, first.body]).toEqual([200, { status: "approved", messageSid: sid }]);
    product.advance(DAY_SECONDS - 1);
    const again = await check(id, `${code.slice(0, 3)} ${code.slice(3)}`, key);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await check(id, code, newKey())).body.code).toBe("already_used");
    product.advance(1);
    expect((await check(id, code, key)).body.code).toBe("already_used");
  });

  test("that is wrong costs one try, and is answered as it was then", async () => {
    const { id, code } = await product.start();
    const [wrong = "", other = ""] = othersThan(2, code);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => check(id, wrong, key)));
    for (const { body } of answers) expect(body).toEqual({ status: "pending", checksLeft: 4 });
    expect((await check(id, other, newKey())).body.checksLeft).toBe(3);
    expect((await check(id, wrong, key)).body).toEqual({ status: "pending", checksLeft: 4 });
  });

  test("with another code, or of another verification, under the same key is refused and not evaluated", async () => {
    const [one, another] = [await product.start(), await product.start()];
    const key = newKey();
    await check(one.id, otherThan(one.code), key);
    const refused = [
      await check(one.id, one.code, key),
      await check(another.id, another.code, key),
      await product.call("POST", `/api/verifications/${one.id}/messages`, undefined, {
        "Idempotency-Key": key,
      }),
    ];
    for (const { status, body } of refused)
      expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
    expect((await product.call("GET", `/api/verifications/${another.id}`)).body.status).toBe("pending");
    const theirs = await check(one.id, one.code, key, { Authorization: `Bearer ${OTHER_API_KEY}` });
    expect(theirs.status).toBe(404);
  });

  test("of two at once with one key and other codes one is evaluated", async () => {
    const { id, code } = await product.start();
    const key = newKey();
    const answers = await Promise.all(othersThan(6, code).map((wrong) => check(id, wrong, key)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await product.call("GET", `/api/verifications/${id}`)).body.checksLeft).toBe(4);
  });

  test("that was refused is not remembered", async () => {
    const { id, code } = await product.start();
    product.configure({ MAX_CHECKS: "100" });
    const tries = othersThan(40, code);
    let last = await product.check(id, tries[0] ?? "");
    for (const wrong of tries) if (last.status === 200) last = await product.check(id, wrong);
    expect(last.body.code).toBe("check_delayed");
    const key = newKey();
    expect((await check(id, code, key)).body.code).toBe("check_delayed");
    product.advance(DAY_SECONDS);
    expect((await check(id, code, key)).body.code).not.toBe("check_delayed");
  });
});

describe("a resend", () => {
  const resend = (id: string, key: string) =>
    product.call("POST", `/api/verifications/${id}/messages`, undefined, { "Idempotency-Key": key });

  test("is sent once and answered the same, also many at once and where no gap keeps them apart", async () => {
    product.configure({ RESEND_AFTER_SECONDS: "0" });
    const { id, to } = await product.start();
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => resend(id, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.messageId as string)).size).toBe(1);
    expect((await resend(id, key)).body).toEqual(answers[0]?.body);
    expect(sent(to)).toBe(2);
    expect((await resend(id, newKey())).status).toBe(201);
    expect(sent(to)).toBe(3);
  });

  test("that was too soon is not remembered, and its key is looked at before any limit", async () => {
    const { id, to } = await product.start();
    const key = newKey();
    expect((await resend(id, key)).body.code).toBe("resend_too_soon");
    product.advance(30);
    const first = await resend(id, key);
    expect(first.status).toBe(201);
    expect((await resend(id, newKey())).status).toBe(429);
    expect((await resend(id, key)).body).toEqual(first.body);
    expect(sent(to)).toBe(2);
  });

  test("of another verification under the same key is refused", async () => {
    const [one, another] = [await product.start(), await product.start()];
    product.advance(30);
    const key = newKey();
    expect((await resend(one.id, key)).status).toBe(201);
    const other = await resend(another.id, key);
    expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(sent(another.to)).toBe(1);
  });

  test("while the first takes long, a repeat is told to come back", async () => {
    const { id, to } = await product.start();
    product.advance(30);
    const key = newKey();
    product.simulator.setFaults({ hang: 1 });
    const first = resend(id, key);
    await until(async () => {
      const { rows } = await product.pool.query("select from message where verification_id = $1", [id]);
      return rows.length === 2;
    });
    const again = await resend(id, key);
    expect([again.status, again.body.code]).toEqual([409, "request_in_flight"]);
    expect((await first).status).toBe(504);
    expect((await resend(id, key)).status).toBe(504);
    product.simulator.setFaults({});
    expect(sent(to)).toBe(1);
  });
});

test("kept answers are deleted when nobody may ask for them any more", async () => {
  const { id, code } = await product.start();
  await product.call("POST", `/api/verifications/${id}/checks`, { code }, { "Idempotency-Key": newKey() });
  const count = async () => {
    const { rows } = await product.pool.query("select from kept_answer where verification_id = $1", [id]);
    return rows.length;
  };
  await forgetKeptAnswers();
  expect(await count()).toBe(1);
  product.advance(DAY_SECONDS);
  await forgetKeptAnswers();
  expect(await count()).toBe(0);
});
