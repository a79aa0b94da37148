/** How many statements the paths cost that people wait for, as PostgreSQL logs them. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disconnect } from "@/lib/db";
import { otherThan, useProduct } from "@/tests/support/product";
import { logStatements, type StatementLog } from "@/tests/support/statements";

const product = useProduct();
let log: StatementLog;

beforeAll(async () => {
  log = await logStatements(product.databaseUrl);
});

beforeEach(async () => {
  await disconnect();
  product.configure({ DATABASE_URL: log.url });
  // A callback has a statement of its own, and comes when it likes.
  product.simulator.setFaults({ callbackLost: 1 });
});

afterAll(async () => {
  await disconnect();
  await log.close();
});

async function statementsOf<T>(request: () => Promise<T>): Promise<{ answer: T; statements: string[] }> {
  log.take();
  const answer = await request();
  return { answer, statements: log.take() };
}

const start = (to: string, key?: string) =>
  product.call("POST", "/api/verifications", { to }, key ? { "Idempotency-Key": key } : {});

test("a start costs two: one writes, one records Twilio's answer", async () => {
  const { answer, statements } = await statementsOf(() => start(product.number()));
  expect(answer.status).toBe(201);
  expect(statements).toEqual([
    expect.stringContaining("insert into verification"),
    expect.stringContaining("update message"),
  ]);
});

test("with an Idempotency-Key it costs no more, and its repeat one, which writes nothing", async () => {
  const to = product.number();
  const first = await statementsOf(() => start(to, "a key"));
  expect(first.answer.status).toBe(422);
  const { answer, statements } = await statementsOf(() => start(to, "a-key"));
  expect([answer.status, statements.length]).toEqual([201, 2]);
  const repeat = await statementsOf(() => start(to, "a-key"));
  expect([repeat.answer.body, repeat.statements.length]).toEqual([answer.body, 1]);
});

test("a start that Twilio refuses costs two as well", async () => {
  const { answer, statements } = await statementsOf(() => start("+15005550001"));
  expect([answer.status, statements.length]).toEqual([502, 2]);
});

test("a resend costs two, and one that is too soon one", async () => {
  const { id } = await product.start();
  const resend = () => product.call("POST", `/api/verifications/${id}/messages`);
  const soon = await statementsOf(resend);
  expect([soon.answer.status, soon.statements.length]).toEqual([429, 1]);
  product.advance(60);
  const { answer, statements } = await statementsOf(resend);
  expect([answer.status, statements.length]).toEqual([201, 2]);
});

test("a check costs one, right or wrong", async () => {
  const { id, code, sid } = await product.start();
  const wrong = await statementsOf(() => product.check(id, otherThan(code)));
  expect([wrong.answer.body.status, wrong.statements.length]).toEqual(["pending", 1]);
  const right = await statementsOf(() => product.check(id, code));
  expect(right.answer.body).toEqual({ status: "approved", messageSid: sid });
  expect(right.statements).toHaveLength(1);
});
