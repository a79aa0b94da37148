import { expect, test } from "vitest";
import { OTHER_API_KEY, useProduct } from "@/tests/support/product";
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
