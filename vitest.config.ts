import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

/** The projects with a database start it once, and clone a migrated template for each file: tests/support/database.ts. */
const withDatabase = ["tests/support/database-setup.ts"];

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    // Two at least, since most tests wait for PostgreSQL or the simulator; four at most, since each has a pool of
    // connections to the same server.
    maxWorkers: Math.min(4, Math.max(2, os.availableParallelism())),
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"] },
      },
      {
        extends: true,
        test: {
          name: "api",
          include: ["tests/api/**/*.test.ts"],
          globalSetup: withDatabase,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          globalSetup: withDatabase,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: withDatabase,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // They kill processes and watch the clock: alone, and after everything else.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
