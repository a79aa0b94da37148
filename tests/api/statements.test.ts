/** How many statements the paths cost that people wait for, as PostgreSQL logs them. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { now } from "@/lib/clock";
import { db, disconnect } from "@/lib/db";
import { recordStatus } from "@/lib/delivery/record-status";
import { markReported, takeDueFeedback } from "@/lib/feedback/due";
import { otherThan, useProduct } from "@/tests/support/product";
import { logStatements, type StatementLog } from "@/tests/support/statements";
import { postStatus } from "@/tests/support/webhook";

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

const withKey = (key?: string): Record<string, string> => (key ? { "Idempotency-Key": key } : {});

const start = (to: string, key?: string) => product.call("POST", "/api/verifications", { to }, withKey(key));

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

test("a start that is refused costs one", async () => {
  const to = product.number();
  await start(to);
  const { answer, statements } = await statementsOf(() => start(to));
  expect([answer.status, statements.length]).toEqual([429, 1]);
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

test("with an Idempotency-Key a resend costs no more, and its repeat one", async () => {
  const { id } = await product.start();
  product.advance(60);
  const resend = () =>
    product.call("POST", `/api/verifications/${id}/messages`, undefined, withKey("a-resend"));
  const { answer, statements } = await statementsOf(resend);
  expect([answer.status, statements.length]).toEqual([201, 2]);
  const repeat = await statementsOf(resend);
  expect([repeat.answer.body, repeat.statements.length]).toEqual([answer.body, 1]);
  // With another request the key costs as little.
  const another = await product.start();
  const reused = await statementsOf(() =>
    product.call("POST", `/api/verifications/${another.id}/messages`, undefined, withKey("a-resend")),
  );
  expect([reused.answer.body.code, reused.statements.length]).toEqual(["idempotency_key_reused", 1]);
});

test("a check costs one, right or wrong", async () => {
  const { id, code, sid } = await product.start();
  const wrong = await statementsOf(() => product.check(id, otherThan(code)));
  expect([wrong.answer.body.status, wrong.statements.length]).toEqual(["pending", 1]);
  const right = await statementsOf(() => product.check(id, code));
  expect(right.answer.body).toEqual({ status: "approved", messageSid: sid });
  expect(right.statements).toHaveLength(1);
});

test("with an Idempotency-Key a check costs no more, and its repeat one, right or wrong", async () => {
  const { id, code } = await product.start();
  for (const tried of [otherThan(code), code]) {
    const check = () =>
      product.call("POST", `/api/verifications/${id}/checks`, { code: tried }, withKey(`check-${tried}`));
    const { answer, statements } = await statementsOf(check);
    expect([answer.status, statements.length]).toEqual([200, 1]);
    const repeat = await statementsOf(check);
    expect([repeat.answer.body, repeat.statements.length]).toEqual([answer.body, 1]);
  }
  const reused = await statementsOf(() =>
    product.call("POST", `/api/verifications/${id}/checks`, { code: "000000" }, withKey(`check-${code}`)),
  );
  expect([reused.answer.body.code, reused.statements.length]).toEqual(["idempotency_key_reused", 1]);
});

test("a status callback costs one, with what is kept of it", async () => {
  const { id, sid } = await product.start();
  const { body } = await product.call("GET", `/api/verifications/${id}`);
  const messageId = body.messages[0].id as string;
  const one = [expect.stringContaining("insert into status_callback")];
  for (const _ of ["first", "repeated"]) {
    const { answer, statements } = await statementsOf(() => postStatus(product, { messageId, sid }, "sent"));
    // That webhooks come is noted once a minute, behind the answer.
    const ofTheCallback = statements.filter((statement) => !statement.includes("into webhook_seen"));
    expect([answer, ofTheCallback]).toEqual([200, one]);
  }
});

test("status reports that come while others are written cost one more, however many they are", async () => {
  const messages = await Promise.all(
    Array.from({ length: 20 }, async () => (await start(product.number())).body as Record<string, string>),
  );
  const report = (body: Record<string, string>, status: "sent" | "delivered") =>
    recordStatus({
      messageId: body["messageId"],
      sid: body["messageSid"] ?? "",
      status,
      errorCode: null,
      at: now(),
      callback: { MessageStatus: status },
    });
  const { answer, statements } = await statementsOf(() =>
    Promise.all(messages.map((body) => report(body, "sent"))),
  );
  expect(answer).toEqual(Array(20).fill(true));
  // The first alone, the second since it waits for nobody else's message, and then all the others.
  expect(statements).toHaveLength(3);
  // Of two for the same message the second waits for its turn.
  const both = await statementsOf(() =>
    Promise.all([
      ...messages.slice(0, 2).map((body) => report(body, "delivered")),
      ...messages.slice(2).flatMap((body) => [report(body, "delivered"), report(body, "sent")]),
    ]),
  );
  expect(both.statements).toHaveLength(4);
  const { rows } = await product.pool.query(
    `select distinct m.status, (select count(*)::int from status_callback c where c.message_id = m.id) as kept
     from message m where m.sid = any($1)`,
    [messages.map((body) => body["messageSid"])],
  );
  expect(rows).toEqual([{ status: "delivered", kept: 2 }]);
});

const TABLES = [
  "verification",
  "message",
  "quota",
  "number_guard",
  "feedback",
  "status_callback",
  "evaluated_check",
];

test("rows are looked up by their keys, also by plans that were made while there were hardly any", async () => {
  await disconnect();
  // One connection keeps all plans, and tells what was read on it.
  product.configure({ DATABASE_URL: `${product.databaseUrl}?connection_limit=1` });
  await product.pool.query("truncate verification, quota, number_guard cascade");
  // Nobody is to look at the tables meanwhile: of a dozen rows, once they are known to be a dozen, none is worth an index.
  for (const table of TABLES) await product.pool.query(`alter table ${table} set (autovacuum_enabled = off)`);
  const signIns = async () => {
    const started = await Promise.all(
      [product.number(), product.number(), product.number()].map((to) => start(to)),
    );
    const messages = started.map(({ body }) => body as Record<string, string>);
    await Promise.all(
      messages.map((body) =>
        recordStatus({
          messageId: body["messageId"],
          sid: body["messageSid"] ?? "",
          status: "delivered",
          errorCode: null,
          at: now(),
        }),
      ),
    );
    for (const { id = "", to = "" } of messages) await product.check(id, await product.codeOn(to));
    const { due } = await takeDueFeedback(10, now());
    await markReported(due.map(({ messageId }) => ({ messageId, at: now() })));
  };
  const readFromEndToEnd = async () => {
    await db().$executeRaw`select pg_stat_force_next_flush()`;
    return db().$queryRaw<{ table: string; rows: bigint }[]>`
      select relname as table, seq_tup_read as rows from pg_stat_user_tables
      where relname = any (${TABLES})
      order by relname`;
  };
  // A connection keeps a plan from the sixth time on.
  for (let n = 0; n < 8; n += 1) await signIns();
  const before = await readFromEndToEnd();
  for (let n = 0; n < 3; n += 1) await signIns();
  expect(await readFromEndToEnd()).toEqual(before);
});
