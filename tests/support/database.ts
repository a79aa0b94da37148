/** A database of its own for a test file. */
import { inject } from "vitest";
import { cloneTemplate, type TestDatabase } from "./test-server";

export type { TestDatabase };

/** Makes one, migrated and empty. */
export function createTestDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject("testDatabases"));
}
