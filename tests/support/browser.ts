/** Playwright's `test` for this project: it knows where the product is, and an error in the browser's console fails it. */
import { test as base } from "@playwright/test";

interface Fixtures {
  /** The simulator's origin, for its own controls. */
  simulatorOrigin: string;
  /** A key of the product's API. */
  apiKey: string;
  /** What the browser's console and uncaught errors said; a test that expects one removes it. */
  consoleErrors: string[];
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env["E2E_ORIGIN"]),

  simulatorOrigin: async ({}, use) => use(process.env["E2E_SIMULATOR_ORIGIN"] ?? ""),

  apiKey: async ({}, use) => use(process.env["E2E_API_KEY"] ?? ""),

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
