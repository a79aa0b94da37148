/** Counting everything again: as scripts, as people run them, and next to writers. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { now, secondsAfter } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { BIN_LIMITS_MS, BINS } from "@/lib/insights/counting/latency";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { checkVerification } from "@/lib/verification/check";
import { DAY, DAY_SECONDS } from "@/lib/terms/durations";
import { insertHistory, insertPending } from "@/tests/support/insights-database";
import { report } from "@/tests/support/insights-reports/request";
import { runToEnd } from "@/tests/support/process";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

const AT = new Date("2026-11-20T10:00:00Z");

beforeAll(() =>
  insertHistory(product.pool, [
    { at: AT, country: "BR", network: "Claro", attempted: 40, confirmed: 30, late: 2, failed: 3 },
    { at: secondsAfter(AT, 40_000), country: "BR", attempted: 20, confirmed: 20 },
    { at: secondsAfter(AT, -40 * DAY_SECONDS), country: "DE", attempted: 10, confirmed: 5 },
  ]),
);

beforeEach(async () => {
  while ((await foldDeltas()).more);
});

/** Runs one of package.json's `insights:` scripts on the test's database. */
const run = (script: "verify" | "rebuild") =>
  runToEnd("scripts/insights.ts", [script], { DATABASE_URL: product.databaseUrl });

test("insights:verify finds nothing, then a cell that was changed, and insights:rebuild repairs it", async () => {
  expect(await run("verify")).toMatchObject({ code: 0, output: expect.stringMatching(/Every cell/) });

  await product.pool.query(
    "update cell set attempted = attempted + 1 where scope = 'country' and span = 'day' and country = 'DE'",
  );
  const found = await run("verify");
  expect(found.code).toBe(1);
  expect(found.output).toMatch(/\(country,day,.*,DE,/);
  expect(found.output).toContain("insights:rebuild");

  expect((await run("rebuild")).code).toBe(0);
  expect((await run("verify")).code).toBe(0);
});

test.each([
  [
    "a quarter-hour",
    "update cell set confirmed = confirmed - 1 where scope = 'network' and span = 'quarter' and country = 'DE'",
  ],
  ["a month", "update cell set late = late + 1 where scope = 'world' and span = 'month'"],
  ["a cell that is gone", "delete from cell where scope = 'country' and span = 'hour' and country = 'BR'"],
  [
    "a cell of another hour",
    "update cell set at = at + interval '1 hour' where scope = 'country' and span = 'hour' and country = 'DE'",
  ],
  [
    "a detail",
    "update detail_cell set n = n + 1 where scope = 'country' and span = 'day' and kind = 'error'",
  ],
  ["a change that was lost", "delete from delta"],
])("verifying finds %s, and rebuilding repairs it", async (_, tampering) => {
  if (tampering.includes("from delta")) {
    const place = { country: "US", network: null, block: "+14155551", to: "+14155551999" };
    await insertPending(product.pool, place, AT);
  }
  expect(await verifyCells()).toEqual([]);
  const { rowCount } = await product.pool.query(tampering);
  expect(rowCount).toBeGreaterThan(0);
  expect((await verifyCells()).length).toBeGreaterThan(0);
  await rebuildCells();
  expect(await verifyCells()).toEqual([]);
});

test("verifying finds every column of a message's counts that is wrong", async () => {
  const { rows } = await product.pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name = 'cell' and data_type in ('integer', 'bigint')`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(16);
  for (const { name } of rows) {
    const change = (by: string) =>
      product.pool.query(
        `update cell set "${name}" = "${name}" ${by} where scope = 'network' and span = 'quarter' and country = 'DE'`,
      );
    await change("+ 1");
    expect((await verifyCells()).length, name).toBeGreaterThan(0);
    await change("- 1");
  }
  expect(await verifyCells()).toEqual([]);
});

test("rebuilding while others write and fold counts nothing twice, and loses nothing", async () => {
  let writing = true;
  const write = async (writer: number) => {
    for (let n = 0; n < 60; n += 1) {
      const to = `+3933312${writer}${String(n).padStart(3, "0")}`;
      const place = { country: "IT", network: "TIM", block: to.slice(0, -3), to };
      const { messageId, sid, verificationId, secret } = await insertPending(product.pool, place, now());
      await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at: now() });
      if (n % 2 === 0) await checkVerification(verificationId, secret);
    }
  };
  const repeat = async (work: () => Promise<unknown>) => {
    let times = 0;
    for (; writing; times += 1) await work();
    return times;
  };
  const others = [repeat(() => rebuildCells()), repeat(() => foldDeltas())];
  await Promise.all([0, 1, 2, 3].map(write)).finally(() => (writing = false));
  const [rebuilds] = await Promise.all(others);
  expect(rebuilds).toBeGreaterThan(1);
  expect(await verifyCells()).toEqual([]);
  const { current } = await report("summary", { country: "IT" });
  expect(current).toMatchObject({ attempted: 240, delivered: 240, confirmed: 120, approved: 120 });
});

test("rebuilding keeps retention from moving on meanwhile, which would count a day twice or not at all", async () => {
  const days = [secondsAfter(now(), -3 * DAY_SECONDS), secondsAfter(now(), -2 * DAY_SECONDS)];
  await insertHistory(
    product.pool,
    days.map((at) => ({ at, country: "NO", attempted: 10, confirmed: 8 })),
  );
  const attempted = async () => {
    const { current } = await report("summary", { country: "NO", range: "28d" });
    return current.attempted as number;
  };
  expect(await attempted()).toBe(20);
  const held = await product.pool.connect();
  try {
    // The rebuild has counted, and waits to write.
    await held.query("begin; lock table cell in share mode");
    const rebuilding = rebuildCells();
    await until(async () => {
      const { rows } = await product.pool.query(
        "select from pg_locks where not granted and relation = 'cell'::regclass",
      );
      return rows.length > 0;
    });
    const between = new Date(days[1]!.getTime() - (days[1]!.getTime() % DAY));
    const moving = product.pool.query("update watermark set at = $1 where name = 'counted_from'", [between]);
    await held.query("commit");
    await Promise.all([rebuilding, moving]);
  } finally {
    held.release();
  }
  expect(await attempted()).toBe(20);
  expect(await verifyCells()).toEqual([]);
  await product.pool.query("update watermark set at = '2000-01-01Z' where name = 'counted_from'");
});

test("the bins of SQL are those of TypeScript", async () => {
  const around = BIN_LIMITS_MS.flatMap((limit) => [limit - 1, limit, limit + 1]);
  const { rows } = await product.pool.query<{ bin: number }>(
    "select latency_bin(ms * interval '1 millisecond') as bin from unnest($1::bigint[]) with ordinality as given (ms, n) order by n",
    [[-5000, 0, ...around, 900_000_000]],
  );
  const binOf = (ms: number) => {
    const found = BIN_LIMITS_MS.findIndex((limit) => ms <= limit);
    return found < 0 ? BINS : found + 1;
  };
  expect(rows.map(({ bin }) => bin)).toEqual([1, 1, ...around.map(binOf), BINS]);
});
