import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

/** The projects with a database start it once, and clone a migrated template for each file: tests/support/database.ts. */
const withDatabase = ["tests/support/database-setup.ts"];

/**
 * A project's one limit, of each of its tests and of what is done around them: ten times and more what the longest takes on an
 * idle machine, since others may be at work on this one. See `npm test`'s table of the nearest.
 */
const within = (seconds: number) => ({ testTimeout: seconds * 1000, hookTimeout: seconds * 1000 });

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    // One more than there are processors, since most tests wait now and then for PostgreSQL, the simulator or a process; four at
    // most, since each has a pool of connections to the same server.
    maxWorkers: Math.min(4, os.availableParallelism() + 1),
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], ...within(300) },
      },
      {
        extends: true,
        test: {
          name: "api",
          include: ["tests/api/**/*.test.ts"],
          globalSetup: withDatabase,
          ...within(600),
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          globalSetup: withDatabase,
          ...within(300),
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: withDatabase,
          ...within(600),
        },
      },
    ],
  },
});
