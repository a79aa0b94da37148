/** What the migrations have made, against what is written of it elsewhere. */
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COLUMN_NAMES } from "@/lib/insights/counting/counts";
import { STRUCTURE_FILE, structureOf } from "@/scripts/support/structure";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test("prisma/structure.sql is what the migrations make; `npm run db:structure` writes it anew", async () => {
  expect(readFileSync(STRUCTURE_FILE, "utf8")).toBe(await structureOf(client));
});

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

const PLACE = ["at", "country", "network", "action", "sender", "channel", "locale"];
const KEY = ["scope", "span", ...PLACE];

test("cells and deltas have a column for each count of lib/terms/metrics.ts, and no other", async () => {
  expect(new Set(await columnsOf("cell"))).toEqual(new Set([...KEY, ...COLUMN_NAMES]));
  expect(new Set(await columnsOf("delta"))).toEqual(new Set([...PLACE, ...COLUMN_NAMES]));
});

test.each([
  ["counts_of", "delta"],
  ["details_of", "detail_delta"],
])("%s names its columns as %s has them, in its order", async (name, table) => {
  const { rows } = await client.query<{ body: string }>(
    "SELECT prosrc AS body FROM pg_proc WHERE proname = $1",
    [name],
  );
  const [list = ""] = rows[0]?.body.split(/^ {2}FROM/m) ?? [];
  expect([...list.matchAll(/\bAS (\w+),?$/gm)].map(([, column]) => column)).toEqual(await columnsOf(table));
});
