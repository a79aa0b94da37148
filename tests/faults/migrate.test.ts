/** Applying migrations: what Prisma's own command would find afterwards, and what happens when they go wrong. */
import { createHash } from "node:crypto";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Migration } from "@/lib/migrations";
import { applyMigrations, inspectMigrations, resolveAsRolledBack } from "@/scripts/migrations/apply";
import { createTestDatabase, type TestDatabase } from "../support/database";

/** Names after those of the project, which the database has already. */
const migration = (name: string, sql: string): Migration => ({
  name: `99990101_${name}`,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
});

const first = migration("1_first", "CREATE TABLE one (n int);\nINSERT INTO one VALUES (1);\n");
const broken = migration("2_broken", "CREATE TABLE two (n int);\nINSERT INTO missing VALUES (1);\n");
const mended = migration("2_broken", "CREATE TABLE two (n int);\n");

let database: TestDatabase;
let client: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
});

const apply = (...migrations: Migration[]) => applyMigrations({ url: database.url, migrations });

async function query(sql: string): Promise<unknown[]> {
  return (await client.query<Record<string, unknown>>(sql)).rows;
}

describe("applying migrations", () => {
  test("leaves a database that needs nothing, with the rows that Prisma would have written", async () => {
    expect(await inspectMigrations(database.url)).toEqual({
      pending: [],
      edited: [],
      failed: [],
      unknown: [],
    });
    expect(
      await query(`SELECT length(id) AS id, length(checksum) AS checksum, logs, rolled_back_at, applied_steps_count,
                     finished_at >= started_at AS finished
                   FROM _prisma_migrations LIMIT 1`),
    ).toEqual([
      { id: 36, checksum: 64, logs: null, rolled_back_at: null, applied_steps_count: 1, finished: true },
    ]);
  });

  test("applies each once, also when several start at the same time", async () => {
    const applied = await Promise.all([apply(first), apply(first), apply(first)]);
    expect(applied.flat()).toEqual([first.name]);
    expect(await query("SELECT n FROM one")).toEqual([{ n: 1 }]);
  });

  test("records a migration that changes the search path", async () => {
    const roaming = migration("3_roaming", "SELECT set_config('search_path', '', false)");
    expect(await apply(roaming)).toEqual([roaming.name]);
    expect(await apply(roaming)).toEqual([]);
  });

  test("applies nothing of one that fails, names the line, and refuses to go on until it is resolved", async () => {
    await expect(apply(first, broken)).rejects.toThrow(
      /2_broken failed, and nothing of it was applied: 42P01: .*line 2/,
    );
    expect(await query("SELECT to_regclass('one') AS one, to_regclass('two') AS two")).toEqual([
      { one: "one", two: null },
    ]);
    await expect(apply(first, mended)).rejects.toThrow(/--rolled-back 99990101_2_broken/);
    await resolveAsRolledBack(database.url, broken.name);
    expect(await apply(first, mended)).toEqual([mended.name]);
  });

  test("refuses files that were edited after they were applied", async () => {
    await apply(first);
    await expect(apply(migration("1_first", "SELECT 1"))).rejects.toThrow(
      /changed after they were applied: 99990101_1_first/,
    );
  });

  test("says that there is nothing to resolve", async () => {
    await expect(resolveAsRolledBack(database.url, "20000101_none")).rejects.toThrow(
      'No migration "20000101_none" has failed',
    );
  });

  test("names DATABASE_URL when the server cannot be reached", async () => {
    await expect(applyMigrations({ url: "postgresql://nobody@127.0.0.1:1/none" })).rejects.toThrow(
      /DATABASE_URL/,
    );
  });
});
