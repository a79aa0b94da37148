/** Statements that connections keep prepared, and what becomes of those that were lost on the way. */
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db, disconnect, runHot, sql } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { StatementNames } from "@/lib/prepared-statements";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

/** With one connection, so that what it keeps is there to be seen. */
const use = (more: Record<string, string> = {}) =>
  setEnv({ DATABASE_URL: `${database.url}?connection_limit=1`, LOG_LEVEL: "silent", ...more });

beforeEach(async () => {
  database = await createTestDatabase();
  use();
});

afterEach(async () => {
  await disconnect();
  await database.drop();
});

const kept = async () =>
  (await db().$queryRaw<{ name: string }[]>`select name from pg_prepared_statements`).map(({ name }) => name);

const twice = (n: number) => runHot<{ twice: number }[]>("twice", sql`select ${n}::int * 2 as twice`);

describe("a statement that says its name", () => {
  test("is kept prepared, once for each text; others are not", async () => {
    expect(await twice(2)).toEqual([{ twice: 4 }]);
    expect(await twice(3)).toEqual([{ twice: 6 }]);
    await runHot("twice", sql`select ${1}::int`);
    await db().$queryRaw`select ${1}::int`;
    expect(await kept()).toEqual([
      expect.stringMatching(/^twice_[0-9a-f]{16}$/),
      expect.stringMatching(/^twice_/),
    ]);
  });

  test.each([
    ["the variable", "", { PREPARED_STATEMENTS: "off" }],
    ["the address", "&pgbouncer=true", {}],
  ])("is not where %s says so", async (_, parameter, more) => {
    setEnv({ DATABASE_URL: `${database.url}?connection_limit=1${parameter}`, ...more });
    expect(await twice(2)).toEqual([{ twice: 4 }]);
    expect(await kept()).toEqual([]);
  });

  test("is done without when it was lost on the way, once and for all", async () => {
    await twice(2);
    // As a pooler in transaction mode does, by another connection.
    await db().$executeRaw`deallocate all`;
    expect(await twice(3)).toEqual([{ twice: 6 }]);
    expect(await twice(4)).toEqual([{ twice: 8 }]);
    expect(await kept()).toEqual([]);
  });

  test("is done without also where many are under way when the first is lost", async () => {
    use({ DATABASE_URL: `${database.url}?connection_limit=5` });
    const many = () => Promise.all(Array.from({ length: 20 }, (_, n) => twice(n)));
    await many();
    await Promise.all(
      Array.from(
        { length: 5 },
        () => db().$executeRaw`do $$ begin deallocate all; perform pg_sleep(0.05); end $$`,
      ),
    );
    expect((await many()).flat().map((row) => row.twice)).toEqual(
      Array.from({ length: 20 }, (_, n) => 2 * n),
    );
  });

  test("is done without when somebody else's is in its place", async () => {
    await twice(2);
    const [name] = await kept();
    await disconnect();
    await db().$executeRawUnsafe(`prepare ${name} as select 1`);
    expect(await twice(3)).toEqual([{ twice: 6 }]);
    expect(await twice(4)).toEqual([{ twice: 8 }]);
  });

  test("is done again when a migration has changed what it answers", async () => {
    await db().$executeRaw`create table changing (a int)`;
    const all = () => runHot("all", sql`select * from changing`);
    await all();
    await db().$executeRaw`alter table changing add column b int`;
    await db().$executeRaw`insert into changing values (1, 2)`;
    expect(await all()).toEqual([{ a: 1, b: 2 }]);
    // It is no pooler: others are kept as before.
    await twice(2);
    expect(await kept()).toContainEqual(expect.stringMatching(/^twice_/));
  });

  test("fails as others do when it is wrong itself", async () => {
    await expect(runHot("wrong", sql`select 1 / ${0}::int`)).rejects.toThrow("division by zero");
  });
});

test("no more than a hundred are kept, and each text has one name everywhere", () => {
  const names = new StatementNames(true);
  const texts = Array.from({ length: 150 }, () => `/* start */ select '${randomUUID()}'`);
  expect(texts.filter((text) => names.of(text)).length).toBe(100);
  expect(names.of(texts[0]!)).toBe(new StatementNames(true).of(texts[0]!));
});
