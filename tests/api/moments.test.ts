/** Moments are stored as they are, whatever zone the database is in; what was stored wrong before is told apart and mended. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { beforeEach, expect, test } from "vitest";
import { now, secondsAfter, setClock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { verifyCells } from "@/lib/insights/counting/rebuild";
import { inWords, mendMoments, misplacedMoments, zoneFault } from "@/lib/moments";
import { DAY_SECONDS } from "@/lib/terms/durations";
import { insertHistory, empty } from "@/tests/support/insights-database";
import { runToEnd } from "@/tests/support/process";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

beforeEach(() => empty(product.pool));

const verify = () => runToEnd("scripts/insights.ts", ["verify"], { DATABASE_URL: product.databaseUrl });
const mend = () => runToEnd("scripts/mend-times.ts", [], { DATABASE_URL: product.databaseUrl });

test("the test's database is in another zone than UTC", async () => {
  const { rows } = await product.pool.query("select extract(timezone from now())::int as seconds");
  expect(rows[0].seconds).not.toBe(0);
});

test.each(["2026-03-29T02:05:00.000Z", "2026-11-01T04:31:00.000Z", "2026-07-01T23:59:59.999Z"])(
  "%s is stored, read and told as it is",
  async (iso) => {
    const moment = new Date(iso);
    setClock(() => moment);
    const { id } = await product.start();
    const { rows } = await product.pool.query(
      "select extract(epoch from created_at) * 1000 as ms from verification where id = $1",
      [id],
    );
    expect(Number(rows[0].ms)).toBe(moment.getTime());
    const { body } = await product.call("GET", `/api/verifications/${id}`);
    expect(body.expiresAt).toBe(new Date(moment.getTime() + 600_000).toISOString());
  },
);

/** What a session in that zone would have made of everything that is stored. */
async function misplace(zone: string): Promise<void> {
  const wrong = (columns: string[]) =>
    columns.map((column) => `${column} = (${column} at time zone 'UTC') at time zone '${zone}'`).join(", ");
  await product.pool.query(
    `update feedback set ${wrong(["due_at", "reported_at"])};
     update message set ${wrong(["requested_at", "accepted_at", "sent_at", "delivered_at", "failed_at", "confirmed_at"])};
     update verification set ${wrong(["created_at", "accepted_at", "expires_at", "approved_at"])};`,
  );
}

async function everything(): Promise<unknown[]> {
  const { rows } = await product.pool.query(
    `select to_jsonb(m) as message, to_jsonb(v) as verification, to_jsonb(f) as feedback
     from message m join verification v on v.id = m.verification_id left join feedback f on f.message_id = m.id order by m.id`,
  );
  return rows;
}

test.each([
  ["Asia/Kolkata", "5:30 h too early"],
  ["America/St_Johns", "h too late"],
  ["Pacific/Chatham", "h too early"],
])("what sessions in %s stored is found and moved back, and nothing else is", async (zone, words) => {
  const recent = (days: number) => secondsAfter(now(), -days * DAY_SECONDS);
  await insertHistory(product.pool, [
    { at: recent(2), country: "BR", network: "Claro", attempted: 20, confirmed: 12, late: 2, failed: 3 },
    { at: recent(200), country: "DE", attempted: 10, confirmed: 5 },
  ]);
  const { id, code } = await product.start();
  await product.check(id, code);
  await until(async () => {
    const { rows } = await product.pool.query(
      "select from message where verification_id = $1 and delivered_at is null",
      [id],
    );
    return rows.length === 0;
  });
  const right = await everything();
  await misplace(zone);
  // Since the product has been mended, more is sent.
  const after = await product.start();
  while ((await foldDeltas()).more);

  expect((await misplacedMoments()).map(inWords).join()).toContain(words);
  expect(await mendMoments()).toMatchObject({ verification: 31, message: 31, feedback: 1 });

  const kept = (await everything()) as { verification: { id: string } }[];
  expect(kept.filter(({ verification }) => verification.id !== after.id)).toEqual(right);
  while ((await foldDeltas()).more);
  expect(await verifyCells()).toEqual([]);
  expect(await misplacedMoments()).toEqual([]);
});

test("the scripts say what is wrong, mend it, and have nothing more to say", async () => {
  await insertHistory(product.pool, [
    { at: secondsAfter(now(), -DAY_SECONDS), country: "DE", attempted: 9, confirmed: 5 },
  ]);
  await misplace("Asia/Kolkata");
  const found = await verify();
  expect(found).toMatchObject({ code: 1, output: expect.stringContaining("5:30 h too early") });
  expect(found.output).toContain("npm run db:mend-times");
  expect(await mend()).toMatchObject({ code: 0, output: expect.stringContaining("9 messages") });
  expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining("Every cell") });
});

test("a pooler that loses the zone is named, and nothing starts behind it", async () => {
  const { hostname, port, pathname, username, password } = new URL(product.databaseUrl);
  // What says UTC arrives as New York's time in winter, which is as long.
  const pooler = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.on("data", (chunk) =>
      server.write(
        Buffer.from(chunk.toString("latin1").replaceAll("time zone 'UTC'", "time zone 'EST'"), "latin1"),
      ),
    );
    server.pipe(client);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
    client.on("close", () => server.destroy());
  });
  pooler.listen(0, "127.0.0.1");
  await once(pooler, "listening");
  try {
    const url = `postgres://${username}:${password}@127.0.0.1:${(pooler.address() as AddressInfo).port}${pathname}`;
    await disconnect();
    product.configure({ DATABASE_URL: url });
    expect(await zoneFault()).toMatch(/sessions are in the time zone .*DATABASE_URL.*TimeZone/);
    const { status, body } = await product.call("GET", "/api/readyz");
    expect(status).toBe(503);
    expect(body.detail).toContain("time zone");
    const worker = await runToEnd("scripts/worker.ts", [], {
      DATABASE_URL: url,
      SECRET_KEY: "a key for tests only, 32 bytes or more",
    });
    expect(worker).toMatchObject({ code: 1, output: expect.stringContaining("time zone") });
  } finally {
    await disconnect();
    pooler.close();
  }
});
