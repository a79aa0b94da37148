/**
 * Reports of the built app whose database hangs: the pages around them come all the same, people sign in, and what a client has left behind is
 * ended. A table that only reports read is locked for as long as a test likes.
 */
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { REPORTS_APPLICATION } from "@/lib/db";
import { secondsAfter } from "@/lib/clock";
import { AppProcess } from "../support/app-process";
import { createTestDatabase } from "../support/database";
import { insertHistory } from "../support/insights-database";
import { until } from "../support/until";

/** Counted from messages, and so read from feedback, too, which nobody who signs in waits for. */
const SLOW_PAGE = "/?range=7d&confirmed=true";

let app: AppProcess;
let pool: pg.Pool;
let locker: pg.PoolClient;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  pool = new pg.Pool({ connectionString: database.url, max: 3 });
  await insertHistory(pool, [
    { at: secondsAfter(new Date(), -86_400), country: "GB", attempted: 200, confirmed: 150 },
  ]);
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: "http://127.0.0.1:9" });
  await app.start();
  locker = await pool.connect();
});

afterEach(() => locker.query("rollback"));

afterAll(async () => {
  await app.kill();
  locker.release();
  await pool.end();
  await drop();
});

async function lock(table: "feedback" | "cell" | "alert" | "sample_history"): Promise<void> {
  await locker.query("begin");
  await locker.query(`lock table ${table} in access exclusive mode`);
}

async function hanging(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and application_name = $1 and state = 'active' and wait_event_type = 'Lock'`,
    [REPORTS_APPLICATION],
  );
  return rows[0]?.n ?? 0;
}

/** Reads a page until its text has something, and goes. */
async function readUntil(path: string, words: RegExp): Promise<string> {
  const going = new AbortController();
  const response = await fetch(app.origin + path, { signal: going.signal });
  let text = "";
  const decoder = new TextDecoder();
  if (!response.body) return text;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (words.test(text)) break;
  }
  going.abort();
  return text;
}

test("a page comes before the reports that it waits for, and what it asked for is ended when its reader goes", async () => {
  await lock("feedback");
  const text = await readUntil(SLOW_PAGE, /Counting message by message/);
  expect(text).toContain("Overview");
  expect(text).not.toContain("Try again");
  await until(async () => (await hanging()) === 0);
});

test.each([
  ["findings", "alert", "/"],
  ["a destination's findings", "alert", "/destinations/GB"],
  ["what is sample", "sample_history", "/"],
] as const)("a page's places come before %s, which only shape them", async (_, table, path) => {
  await lock(table);
  const text = await readUntil(path, /Delivery latency/);
  expect(text).not.toContain("Try again");
  await until(async () => (await hanging()) === 0);
});

test("with all places taken by reports that hang, the login and its pages are served, and a report has a place again at the end", async () => {
  await lock("cell");
  const ranges = ["1h", "24h", "7d", "28d", "90d", "month"];
  const reports = ranges.map((range) => fetch(`${app.origin}/api/insights/summary?range=${range}`));
  await until(async () => (await hanging()) === 4);
  expect((await fetch(`${app.origin}/login`)).status).toBe(200);
  expect((await fetch(`${app.origin}/api/readyz`)).status).toBe(200);
  // Twilio is not there: what matters is that the database was.
  const { status } = await app.call("POST", "/api/verifications", { to: "+14155550123" });
  expect(status).toBe(502);
  await locker.query("rollback");
  expect((await Promise.all(reports)).map((response) => response.status)).toEqual(reports.map(() => 200));
});

test("what one client asks for beyond several pages' reports is refused before it is worked on, a page in words", async () => {
  await lock("cell");
  const going = new AbortController();
  const from = (n: number) => new Date(Date.now() - (n + 1) * 3_600_000).toISOString();
  const ask = (path: string) => fetch(app.origin + path, { signal: going.signal });
  const asked = Array.from({ length: 24 }, (_, n) => ask(`/api/insights/summary?from=${from(n)}`));
  const ended = Promise.allSettled(asked);
  // Those may not all have arrived when this does.
  const page = await until(async () => {
    const answer = await ask("/?range=24h");
    return answer.status === 429 && answer;
  });
  expect(page.headers.get("content-type")).toMatch("text/html");
  expect(page.headers.get("retry-after")).toBe("5");
  expect(await page.text()).toContain("Open this page again in 5 seconds");
  const report = await ask("/api/insights/summary?range=7d");
  expect([report.status, report.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
  expect((await fetch(`${app.origin}/login`)).status).toBe(200);
  going.abort();
  await ended;
  await locker.query("rollback");
  await until(async () => (await fetch(`${app.origin}/api/insights/summary?range=7d`)).status === 200);
});
