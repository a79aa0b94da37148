/**
 * No secret is in the database in clear or in the log, and no whole number is in the log, whatever goes wrong. Codes of
 * ten digits, so that finding one is no coincidence.
 */
import pg from "pg";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { until } from "@/tests/support/until";

let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  simulator = createSimulator({ pace: 0.01 });
  app = await AppProcess.prepare({
    databaseUrl: database.url,
    twilioOrigin: await simulator.listen(0),
    env: { CODE_LENGTH: "10", RESEND_AFTER_SECONDS: "0" },
  });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await simulator?.close();
  await pool?.end();
  await database?.drop();
});

const NUMBERS = ["+14155550142", "+4915123456789", "+33612345678", "+12015550177"];
const TYPED = "9081726354";

test("the log has neither codes nor whole numbers, and the database has no codes, whatever goes wrong", async () => {
  const [good, lost, refusedLater, whileDown] = NUMBERS as [string, string, string, string];
  const start = (to: string) => app.call("POST", "/api/verifications", { to });

  const started = await start(good);
  expect(started.status).toBe(201);
  const { id } = started.body as { id: string };
  await app.call("POST", `/api/verifications/${id}/messages`);
  await app.call("POST", `/api/verifications/${id}/checks`, { code: TYPED });

  simulator.setFaults({ lostAnswer: 1 });
  expect((await start(lost)).status).toBe(504);
  simulator.setFaults({ refused: 1 });
  expect((await start(refusedLater)).status).toBe(502);
  simulator.setFaults({ rateLimited: 1 });
  await start(refusedLater);
  simulator.setFaults({});
  await start("+15005550001");

  await app.call("POST", "/api/verifications", `{"to":"${good}",`);
  await app.call("POST", "/api/verifications", { to: good, [good]: TYPED });
  await app.call("GET", `/api/verifications/${encodeURIComponent(good)}`);
  await app.call("GET", `/api/nowhere/${encodeURIComponent(good)}?code=${TYPED}`);
  await fetch(`${app.origin}/api/twilio/status`, { method: "POST", body: new URLSearchParams({ To: good }) });
  const odd = { MessageSid: `SM${"0".repeat(32)}`, MessageStatus: good };
  const signature = webhooks.getExpectedTwilioSignature("simulator", `${app.origin}/api/twilio/status`, odd);
  await fetch(`${app.origin}/api/twilio/status`, {
    method: "POST",
    headers: { "X-Twilio-Signature": signature },
    body: new URLSearchParams(odd),
  });

  await until(() => simulator.handset(good).length === 2);
  const codes = simulator.handset(good).map((message) => /#(\d{10})$/.exec(message.body)![1]!);
  expect(codes).toHaveLength(2);
  await app.call("POST", `/api/verifications/${id}/checks`, { code: codes[0] });
  await until(async () => {
    const { rows } = await pool.query("select from message where sid is null and refused_at is null");
    return rows.length === 0;
  });

  const inDatabase = await everything();
  expect(inDatabase).toContain(good);
  for (const code of [...codes, TYPED]) expect(inDatabase).not.toContain(code);

  // The database fails in the middle of the statements that carry numbers and hashes.
  await pool.query("alter table number_guard rename to guard_gone");
  expect((await start(whileDown)).status).toBe(500);
  await app.call("POST", `/api/verifications/${id}/checks`, { code: TYPED });
  await pool.query("alter table guard_gone rename to number_guard");
  await pool.query("alter table message add constraint never check (block <> '+12015550')");
  expect((await start(whileDown)).status).toBe(500);
  await pool.query("alter table message drop constraint never");

  await app.kill();
  expect(app.output).toContain("message accepted");
  expect(app.output).toContain("request failed");
  expect(app.output).toContain("of no known status");
  for (const code of [...codes, TYPED]) expect(app.output).not.toContain(code);
  for (const number of NUMBERS) expect(app.output).not.toContain(number.slice(1));
});

/** Every row of every table as text. */
async function everything(): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
      return rows.map(({ row }) => row).join("\n");
    }),
  );
  return texts.join("\n");
}
