/** Two tenants in two schemas of one database: each finds what is its own, and nothing is put where nobody asked for it. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadSampleHistory } from "@/demo/history/load";
import { disconnect, schemaFault } from "@/lib/db";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { misplacedMoments } from "@/lib/moments";
import { readiness } from "@/lib/readiness";
import { applyMigrations, inspectMigrations } from "@/scripts/migrations/apply";
import { runToEnd } from "@/tests/support/process";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

/** One that must be quoted, and a plain one. */
const TENANTS = ["Tenant 1 Größe", "tenant2"] as const;

const urlOf = (schema: string) => `${product.databaseUrl}?schema=${encodeURIComponent(schema)}`;

beforeAll(async () => {
  for (const tenant of TENANTS) await applyMigrations({ url: urlOf(tenant) });
});

afterEach(disconnect);

/** From now on the product is that tenant's. */
async function be(schema: string): Promise<void> {
  // First of all: a callback that comes while connections are being closed opens others.
  product.configure({ DATABASE_URL: urlOf(schema) });
  await disconnect();
}

async function countIn(schema: string, table: string): Promise<number> {
  const { rows } = await product.pool.query<{ n: number }>(
    `select count(*)::int as n from "${schema}".${table}`,
  );
  return rows[0]?.n ?? -1;
}

describe("with ?schema= in DATABASE_URL", () => {
  test("migrations make the schema and stay in it", async () => {
    const url = urlOf("tenant3");
    expect((await inspectMigrations(url)).pending).not.toEqual([]);
    const lines: string[] = [];
    const applied = await applyMigrations({ url, onProgress: (line) => lines.push(line) });
    expect(lines).toContain("made the schema tenant3");
    expect(applied).toHaveLength(await countIn("tenant3", "_prisma_migrations"));
    expect(await applyMigrations({ url })).toEqual([]);
    const { rows } = await product.pool.query<{ kind: string; inTenant: string[]; inPublic: string[] }>(`
      with named as (
        select 'relation' as kind, relnamespace as schema, relname::text as name from pg_class where relkind in ('r', 'v', 'i', 'S')
        union all select 'function', pronamespace, proname::text from pg_proc
        union all select 'type', typnamespace, typname::text from pg_type where typtype = 'e'
        union all select 'trigger', c.relnamespace, t.tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal
      )
      select kind, array_agg(name order by name) filter (where schema = 'tenant3'::regnamespace) as "inTenant",
        array_agg(name order by name) filter (where schema = 'public'::regnamespace) as "inPublic"
      from named group by kind`);
    expect(rows).toHaveLength(4);
    for (const { inTenant, inPublic } of rows) expect(inTenant).toEqual(inPublic);
  });

  test("each tenant sends, confirms, counts and reports its own", async () => {
    const ids: string[] = [];
    for (const [index, tenant] of TENANTS.entries()) {
      await be(tenant);
      expect(await readiness()).toBeNull();
      for (let n = 0; n <= index; n += 1) {
        const { id, code } = await product.start();
        expect((await product.check(id, code)).body).toMatchObject({ status: "approved" });
        ids.push(id);
      }
      // Of a message that is still on its way callbacks would come to the next tenant.
      await until(async () => (await countIn(tenant, "message where delivered_at is null")) === 0);
      await deliverFeedback();
      await foldDeltas();
    }
    for (const [index, tenant] of TENANTS.entries()) {
      await be(tenant);
      const messages = index + 1;
      expect(await countIn(tenant, "message")).toBe(messages);
      expect(await countIn(tenant, "feedback where reported_at is not null")).toBe(messages);
      const { body } = await product.call("GET", "/api/insights/summary?range=24h");
      expect(body.current).toMatchObject({ attempted: messages, confirmed: messages });
      expect(await verifyCells(() => undefined)).toEqual([]);
      await rebuildCells(() => undefined);
      expect(await misplacedMoments()).toEqual([]);
      const found = await Promise.all(ids.map((id) => product.call("GET", `/api/verifications/${id}`)));
      expect(found.filter(({ status }) => status === 200)).toHaveLength(messages);
    }
    for (const table of ["verification", "message", "delta", "cell", "known_browser"]) {
      expect(await countIn("public", table), table).toBe(0);
    }
  });

  test("the sample history and the commands keep to it", async () => {
    const url = urlOf("tenant4");
    await applyMigrations({ url });
    const loaded = await loadSampleHistory({ url, messages: 500, until: new Date("2026-11-20T00:00:00Z") });
    expect(loaded).toMatchObject({ messages: await countIn("tenant4", "message") });
    expect(await countIn("public", "message")).toBe(0);
    expect(await runToEnd("scripts/insights.ts", ["verify"], { DATABASE_URL: url })).toEqual({
      code: 0,
      output: expect.stringContaining("Every cell is what counting again gives"),
    });
  });

  test("a schema that is not there is said by name", async () => {
    await be("nowhere");
    expect(await schemaFault()).toMatch(/The schema nowhere of DATABASE_URL .*db:migrate/);
  });

  test("what cannot be done is refused by every command", async () => {
    await expect(applyMigrations({ url: `${product.databaseUrl}?pool_timeout=1` })).rejects.toThrow(
      /^DATABASE_URL has the parameter pool_timeout/,
    );
  });
});

test("a clientIp with a port, brackets or a zone is understood, and one that is not known stops nobody", async () => {
  for (const clientIp of ["203.0.113.7:51234", "[2001:db8::7]:443", "fe80::1%eth0", "", null]) {
    const { status, body } = await product.call("POST", "/api/verifications", {
      to: product.number(),
      clientIp,
    });
    expect([clientIp, status]).toEqual([clientIp, 201]);
    const check = await product.call("POST", `/api/verifications/${body.id}/checks`, {
      code: "000000",
      clientIp,
    });
    expect([clientIp, check.status]).toEqual([clientIp, 200]);
  }
  const { rows } = await product.pool.query(
    "select client_ip from verification where client_ip is not null order by 1",
  );
  expect(rows.map((row) => row.client_ip)).toEqual(["2001:db8::7", "203.0.113.7", "fe80::1"]);
});

test("a sender written with spaces is found by its replies", async () => {
  product.configure({ TWILIO_FROM: "+1 500 555 0006" });
  const { body } = await product.call("POST", "/api/verifications", {
    to: product.number(),
    action: "reply",
  });
  const { rows } = await product.pool.query("select sender from message where verification_id = $1", [
    body.id,
  ]);
  expect(rows).toEqual([{ sender: "+15005550006" }]);
});
