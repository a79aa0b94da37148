/** The sample history in a real database: all of it or nothing, and counted. */
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sampleHistory } from "@/demo/history/history";
import { loadSampleHistory } from "@/demo/history/load";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { until } from "../support/until";
import { DAY } from "@/lib/terms/durations";

const MESSAGES = 5_000;
const APPLICATION = "otp-insights sample history";
const UNTIL = new Date("2026-11-23T14:15:00Z");

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const load = (options: { signal?: AbortSignal; messages?: number } = {}) =>
  loadSampleHistory({ url: database.url, messages: MESSAGES, until: UNTIL, ...options });

async function one<Row extends object>(sql: string): Promise<Row> {
  return (await pool.query<Row>(sql)).rows[0]!;
}

/** Whether a load is under way that has written something by now. */
async function isInserting(): Promise<boolean> {
  const { rows } = await pool.query(
    "select from pg_stat_activity where datname = current_database() and application_name = $1 and query like $2",
    [APPLICATION, "with insert%"],
  );
  return rows.length > 0;
}

const TABLES = ["verification", "message", "feedback", "delta", "detail_delta", "sample_history"];

async function rowsIn(table: string): Promise<number> {
  return (await one<{ count: number }>(`select count(*)::int as count from ${table}`)).count;
}

describe("loading", () => {
  test("writes every row, counts it once, and says what the history is", async () => {
    const logins = [...sampleHistory({ messages: MESSAGES, until: UNTIL })];
    const messages = logins.flatMap((login) => login.messages);
    const confirmed = messages.filter(({ confirmedAt }) => confirmedAt !== null).length;
    const reported = logins.filter(({ feedback }) => feedback && feedback.reportedAt !== null).length;

    expect(await load()).toMatchObject({ verifications: logins.length, messages: messages.length });
    expect(await rowsIn("verification")).toBe(logins.length);
    expect(await rowsIn("message")).toBe(messages.length);
    expect(await rowsIn("feedback")).toBe(confirmed);
    expect(
      await one(
        `select sum(attempted)::int as a, sum(confirmed)::int as c, sum(reported)::int as r
         from cell where scope = 'world' and span = 'month'`,
      ),
    ).toEqual({ a: messages.filter(({ sid }) => sid !== null).length, c: confirmed, r: reported });
    // Counted in one go, and from then on by the triggers.
    expect(await one("select count(*)::int as n from delta")).toEqual({ n: 0 });
    await one("update message set delivered_at = null where delivered_at is not null returning 1 as n");
    expect(await one("select count(*) > 0 as counts from delta")).toEqual({ counts: true });
    expect(await one(`select messages, "from", "to" from sample_history`)).toEqual({
      messages: messages.length,
      from: new Date(UNTIL.getTime() - 90 * DAY),
      to: UNTIL,
    });
  });

  test("keeps moments to the millisecond, and everything else as it was made", async () => {
    await load({ messages: 500 });
    for (const { verification, messages } of sampleHistory({ messages: 500, until: UNTIL })) {
      const { rows } = await pool.query(
        `select v."to", v.network, v.client_ip, v.created_at, v.approved_at, m.sid, m.status::text, encode(m.secret_hash, 'hex') as hash,
           m.requested_at, m.delivered_at, m.price::text, m.price_unit
         from verification v join message m on m.verification_id = v.id where v.id = $1 order by m.attempt`,
        [verification.id],
      );
      expect(rows).toEqual(
        messages.map((message) => ({
          to: verification.to,
          network: verification.network,
          client_ip: verification.clientIp,
          created_at: new Date(verification.createdAt),
          approved_at: verification.approvedAt === null ? null : new Date(verification.approvedAt),
          sid: message.sid,
          status: message.status,
          hash: message.secretHash,
          requested_at: new Date(message.requestedAt),
          delivered_at: message.deliveredAt === null ? null : new Date(message.deliveredAt),
          price: message.price,
          price_unit: message.price === null ? null : "USD",
        })),
      );
    }
  });

  test("leaves nothing when it is broken off, and can be done again", async () => {
    const stopping = new AbortController();
    const broken = load({ messages: 20_000, signal: stopping.signal });
    const gone = expect(broken).rejects.toThrow();
    await until(isInserting);
    stopping.abort();
    await gone;
    for (const table of TABLES) expect(await rowsIn(table), table).toBe(0);
    expect(await load()).toMatchObject({ countries: expect.any(Number) });
  });

  test("leaves nothing when its connection is killed", async () => {
    const broken = load({ messages: 20_000 });
    const gone = expect(broken).rejects.toThrow();
    await until(isInserting);
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1",
      [APPLICATION],
    );
    await gone;
    for (const table of TABLES) expect(await rowsIn(table), table).toBe(0);
  });

  test("is refused the second time, also when both come at once", async () => {
    const outcomes = await Promise.all([load(), load()]);
    expect(outcomes.filter((outcome) => outcome === "sample")).toHaveLength(1);
    expect(await load()).toBe("sample");
    expect(await rowsIn("sample_history")).toBe(1);
  });

  test("is refused where people have logged in", async () => {
    await pool.query(
      `insert into verification (id, "to", country, block, created_at, expires_at)
       values (gen_random_uuid(), '+12015550123', 'US', '+12015550', now(), now())`,
    );
    expect(await load()).toBe("verifications");
    expect(await rowsIn("message")).toBe(0);
  });
});
