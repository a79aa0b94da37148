/** A short run of what `npm run test:fuzz` does at length. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { run } from "./run";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database?.drop();
});

test("800 drawn requests: nothing of ours fails, every error of the API is a problem, and the log keeps its secrets", async () => {
  const { faults, leaks } = await run({ databaseUrl: database.url, requests: 800, seed: 1, concurrency: 2 });
  expect(faults).toEqual([]);
  expect(leaks).toEqual([]);
});
