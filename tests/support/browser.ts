/** Playwright's `test` for this project: it knows where the product is, and an error in the browser's console fails it. */
import { test as base } from "@playwright/test";
import { execute } from "./test-server";

interface Fixtures {
  /** The origin of an app that sends another message to a number after 2 s: use it as `baseURL`. */
  quickOrigin: string;
  /** The simulator's origin, for its own controls. */
  simulatorOrigin: string;
  /** A key of the product's API. */
  apiKey: string;
  /** Reads the product's database: for what must not have happened, which no page would ever say. */
  stored: <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>;
  /** What the browser's console and uncaught errors said; a test that expects one removes it. */
  consoleErrors: string[];
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env["E2E_ORIGIN"]),

  quickOrigin: async ({}, use) => use(process.env["E2E_QUICK_ORIGIN"] ?? ""),

  simulatorOrigin: async ({}, use) => use(process.env["E2E_SIMULATOR_ORIGIN"] ?? ""),

  apiKey: async ({}, use) => use(process.env["E2E_API_KEY"] ?? ""),

  stored: async ({}, use) =>
    use((sql, values) => execute(process.env["E2E_DATABASE_URL"] ?? "", sql, values)),

  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => errors.push(String(error.error())));
      await use(errors);
      base.expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
