/** What was counted before senders were told apart stays whole, also where its messages are gone. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "pg";
import { disconnect } from "@/lib/db";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { readMigrations } from "@/lib/migrations";
import { applyMigrations } from "@/scripts/migrations/apply";
import { useProduct } from "@/tests/support/product";

const product = useProduct();
let client: Client;

beforeAll(async () => {
  const url = `${product.databaseUrl}?schema=past`;
  const before = readMigrations().filter(({ name }) => name < "20261127070000");
  await applyMigrations({ url, migrations: before });
  client = new Client({ connectionString: product.databaseUrl });
  await client.connect();
  await client.query("set search_path to past");
  // A quarter-hour in each of its cells, as the fold wrote it; its messages are older than what is counted from.
  await client.query(`
    insert into cell (scope, span, at, country, network, action, attempted, status_ok, errors, in_flight, canceled, refused, unknown,
      delivered, confirmed, late, contradicted, reported, verifications, approved, resent, recovered, usd_priced, usd_amount, usd_confirmed_amount)
    select scope.name::cell_scope, span.name::cell_span, span.at::timestamptz, scope.country, scope.network, 'code',
      9, 8, 1, 0, 0, 0, 0, 8, 7, 0, 0, 7, 9, 7, 0, 0, 9, 450000, 350000
    from (values ('world', '', ''), ('country', 'BR', ''), ('network', 'BR', 'Claro')) scope (name, country, network),
      (values ('quarter', '2026-03-08T04:15Z'), ('hour', '2026-03-08T04:00Z'), ('day', '2026-03-08Z'), ('month', '2026-03-01Z')) span (name, at);
    insert into detail_cell (scope, span, at, country, network, action, kind, key, n, amount, confirmed_amount)
    select scope, span, at, country, network, action, 'error', '30003', 1, 0, 0 from cell;
    insert into latency_cell (scope, span, at, country, action, time_to_confirm, delivery)
    select scope, span, at, country, action, '{0,7}', '{8}' from cell where scope <> 'network';
    insert into watermark (name, at) values ('counted_from', '2026-03-20Z') on conflict (name) do update set at = excluded.at`);
  await applyMigrations({ url });
});

afterAll(async () => {
  await client.end();
});

test("under a sender that is not known, before and after it is counted again", async () => {
  product.configure({ DATABASE_URL: `${product.databaseUrl}?schema=past` });
  await disconnect();
  expect(await verifyCells()).toEqual([]);
  const count = async () => (await client.query("select count(*)::int as n from cell")).rows;
  expect(await count()).toEqual([{ n: 28 }]);
  await rebuildCells();
  expect(await verifyCells()).toEqual([]);
  expect(await count()).toEqual([{ n: 28 }]);
  const range = "from=2026-03-01&to=2026-04-01";
  for (const asked of ["", "&locale=unknown", "&sender=unknown", "&sender!=ACME&country=BR"]) {
    const { body } = await product.call("GET", `/api/insights/summary?${range}${asked}`);
    expect([asked, body.current]).toEqual([asked, expect.objectContaining({ attempted: 9, confirmed: 7 })]);
  }
  await disconnect();
});
