/** A database of its own for a test file. */
import path from "node:path";
import { expect, inject } from "vitest";
import { cloneTemplate, ZONES, type TestDatabase } from "./test-server";

export type { TestDatabase };

/** Makes one, migrated and empty. */
export function createTestDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject("testDatabases"), zoneOfFile());
}

/** Half of the files are in one zone, half in another, and each always in the same. */
function zoneOfFile(): string | undefined {
  return ZONES[path.basename(expect.getState().testPath ?? "").length % ZONES.length];
}
