import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { LIMITS } from "./scripts/test/limits.js";
import { WaitingFirst } from "./scripts/test/order.js";

/** The projects with a database start it once, and clone a migrated template for each file: tests/support/database.ts. */
const withDatabase = ["tests/support/database-setup.ts"];

/** Their files follow one another in a process, each with our modules anew. */
const ownModules = ["tests/support/own-modules.ts"];

/** A project's one limit, of each of its tests and of what is done around them. */
const limit = (project: keyof typeof LIMITS) => ({
  testTimeout: 1000 * LIMITS[project],
  hookTimeout: 1000 * LIMITS[project],
});

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    // One more than there are processors, since most tests wait now and then for PostgreSQL, the simulator or a process; four at
    // most, since each has a pool of connections to the same server.
    maxWorkers: Math.min(4, os.availableParallelism() + 1),
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          // They keep nothing for one another to find, and half of their time went into reading the same modules again.
          isolate: false,
          ...limit("unit"),
        },
      },
      {
        extends: true,
        test: {
          name: "api",
          include: ["tests/api/**/*.test.ts"],
          isolate: false,
          setupFiles: ownModules,
          globalSetup: withDatabase,
          ...limit("api"),
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          isolate: false,
          setupFiles: ownModules,
          globalSetup: withDatabase,
          ...limit("contract"),
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/{faults,fuzz}/**/*.test.ts"],
          isolate: false,
          setupFiles: ownModules,
          globalSetup: withDatabase,
          ...limit("faults"),
        },
      },
    ],
  },
});
