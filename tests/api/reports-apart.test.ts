/**
 * Reports beside sign-ins: on connections of their own, no more at once than configured, given up when their client goes. A table that only
 * reports read is locked, so that they hang for as long as a test likes.
 */
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { REPORTS_APPLICATION } from "@/lib/db";
import { answerTo } from "@/lib/insights/asking/statement";
import { matureUntil } from "@/lib/insights/counting/maturity";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { now, secondsAfter } from "@/lib/clock";
import { insertHistory } from "@/tests/support/insights-database";
import { reportRequest } from "@/tests/support/insights-reports/request";
import { useProduct } from "@/tests/support/product";
import { dispatch } from "@/tests/support/routes";
import { until } from "@/tests/support/until";

const product = useProduct();

let locker: pg.PoolClient;
let asked: Promise<Response>[];

beforeEach(async () => {
  product.configure({ REPORTS_AT_ONCE: "2" });
  asked = [];
  locker = await product.pool.connect();
});

afterEach(async () => {
  await unlock();
  locker.release();
  await Promise.allSettled(asked);
});

/** Sends and checks append to deltas; cells are read by reports and written by the fold, which does not run here. */
async function lock(): Promise<void> {
  await locker.query("begin");
  await locker.query("lock table cell in access exclusive mode");
}

async function unlock(): Promise<void> {
  await locker.query("rollback");
}

/** Each asks for another report, unless it is said which: what is the same is made once. */
function ask(from = "203.0.113.1", signal?: AbortSignal, range = rangeOf(asked.length)): Promise<Response> {
  const request = reportRequest("summary", range, { [CLIENT_ADDRESS_HEADER]: from });
  const answer = dispatch(new Request(request, { signal }));
  asked.push(answer);
  return answer;
}

/** One of many ranges. */
function rangeOf(n: number): { from: string } {
  return { from: secondsAfter(now(), -(n + 1) * 900).toISOString() };
}

/** How many of the reports' connections have a statement that waits for the lock. */
async function hanging(): Promise<number> {
  const { rows } = await product.pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and application_name = $1 and state = 'active' and wait_event_type = 'Lock'`,
    [REPORTS_APPLICATION],
  );
  return rows[0]?.n ?? 0;
}

test("reports that hang keep nobody from signing in, and no more of them than configured reach the database", async () => {
  await lock();
  for (let n = 0; n < 12; n += 1) void ask();
  await until(async () => (await hanging()) === 2);
  const { id, code } = await product.start();
  expect((await product.check(id, code)).body).toMatchObject({ status: "approved" });
  expect(await hanging()).toBe(2);
  await unlock();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
});

test("beyond those who may wait, a client is answered 429 and, when too many clients do, all 503, with when to come back", async () => {
  await lock();
  for (let n = 0; n < 2 + 2 * 25; n += 1) void ask();
  await until(async () => (await hanging()) === 2);
  const problem = async (from: string) => {
    const answer = await ask(from);
    return [
      answer.status,
      answer.headers.get("retry-after"),
      answer.headers.get("content-type"),
      await answer.json(),
    ];
  };
  expect(await problem("203.0.113.1")).toEqual([
    429,
    "5",
    "application/problem+json",
    expect.objectContaining({ code: "too_many_reports" }),
  ]);
  for (let client = 2; client < 5; client += 1) {
    for (let n = 0; n < 50; n += 1) void ask(`203.0.113.${client}`);
  }
  expect(await problem("203.0.113.9")).toEqual([
    503,
    "5",
    "application/problem+json",
    expect.objectContaining({ code: "reports_busy" }),
  ]);
  // Who signs in is none of them.
  await product.start();
  await unlock();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect([...new Set(statuses)].sort()).toEqual([200, 429, 503]);
});

test("the same report asked for by many at once is made once, and again for all who asked meanwhile", async () => {
  await lock();
  const range = rangeOf(0);
  for (let n = 0; n < 40; n += 1) void ask(`203.0.113.${n % 4}`, undefined, range);
  await until(async () => (await hanging()) === 1);
  // Time enough for a second one to come.
  await product.start();
  expect(await hanging()).toBe(1);
  // Another report has a place.
  void ask("203.0.113.9");
  await until(async () => (await hanging()) === 2);
  await unlock();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
});

test("of reports that count messages, as many as half of the places are worked on, and quick ones beside them", async () => {
  await locker.query("begin");
  await locker.query("lock table feedback in access exclusive mode");
  const slow = Array.from({ length: 4 }, (_, n) =>
    dispatch(
      reportRequest(
        "summary",
        { ...rangeOf(n), confirmed: "true" },
        { [CLIENT_ADDRESS_HEADER]: `203.0.113.${n}` },
      ),
    ),
  );
  asked.push(...slow);
  await until(async () => (await hanging()) === 1);
  for (let n = 10; n < 15; n += 1) expect((await ask(`203.0.113.${n}`)).status).toBe(200);
  expect(await hanging()).toBe(1);
  await unlock();
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test("a client that goes takes its statement with it, and its place in the queue", async () => {
  await lock();
  const going = new AbortController();
  for (let n = 0; n < 6; n += 1) void ask("203.0.113.1", going.signal);
  await until(async () => (await hanging()) === 2);
  going.abort();
  await until(async () => (await hanging()) === 0);
  await Promise.all(asked);
  // The places are free.
  const stays = ask("203.0.113.2");
  await until(async () => (await hanging()) === 1);
  await unlock();
  expect((await stays).status).toBe(200);
});

test("a report has a time-out of its own, one processor, and its connections' name", async () => {
  await product.call("GET", "/api/insights/summary");
  const { rows } = await product.pool.query<{ application_name: string }>(
    "select distinct application_name from pg_stat_activity where datname = current_database() and application_name like 'otp-insights%'",
  );
  expect(rows.map((row) => row.application_name).sort()).toContain(REPORTS_APPLICATION);
  await product.start();
  const { rows: all } = await product.pool.query<{ application_name: string; query: string }>(
    "select application_name, query from pg_stat_activity where datname = current_database() and application_name like 'otp-insights%'",
  );
  const of = (words: RegExp) =>
    all.filter(({ query }) => words.test(query)).map((row) => row.application_name);
  expect(new Set(of(/json_build_array/))).toEqual(new Set([REPORTS_APPLICATION]));
  expect(of(/update message/)).not.toContain(REPORTS_APPLICATION);
});

interface PlanNode {
  "Node Type": string;
  "Actual Loops": number;
  Plans?: PlanNode[];
}

test("counting messages makes no list of details for each of them", async () => {
  const at = secondsAfter(now(), -86_400);
  await insertHistory(product.pool, [{ at, country: "GB", attempted: 3_000, confirmed: 2_500, failed: 200 }]);
  await product.pool.query("analyze");
  const day = 86_400_000;
  const to = new Date(Math.ceil(now().getTime() / day) * day);
  const question = { periods: [{ from: new Date(to.getTime() - 7 * day), to }] };
  for (const filters of [{ confirmed: true }, { status: { in: ["delivered"], notIn: [] } }]) {
    const { text, values } = answerTo({ ...question, filters }, matureUntil());
    const { rows } = await product.pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    const loops: [string, number][] = [];
    const look = (node: PlanNode) => {
      loops.push([node["Node Type"], node["Actual Loops"]]);
      node.Plans?.forEach(look);
    };
    for (const { Plan } of rows[0]?.["QUERY PLAN"] ?? []) look(Plan);
    expect(loops.length).toBeGreaterThan(5);
    // A list of its kinds for each message is what took most of the time.
    expect(loops.filter(([type, times]) => type === "Values Scan" && times > 1)).toEqual([]);
  }
});
