import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium";
import { LIMITS } from "./scripts/test/limits.js";

const { executablePath, env } = await findChromium();

const LIMIT_MS = 1000 * LIMITS.e2e;

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-setup.ts",
  // Where people sign in there is one product, with two workers, since its tests wait for messages most of their time. The dashboard,
  // where nothing is sent, has two workers as well, with an app and a database each: one by one its files took as long as all else
  // beside them twice, and left a processor idle.
  workers: 4,
  projects: [
    { name: "product", testIgnore: /dashboard-/, workers: 2, fullyParallel: true },
    { name: "dashboard", testMatch: /dashboard-/, workers: 2 },
  ],
  timeout: LIMIT_MS,
  // The longest of what is waited for, a text message on its way, takes some 5 s on an idle machine.
  expect: { timeout: LIMIT_MS / 10 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath,
      env: { ...process.env, ...env },
      // /dev/shm is small in containers.
      args: ["--disable-dev-shm-usage"],
    },
    // A failure has its page as text and as a picture. What was done, said and fetched at every step is `--trace on`: written for every
    // test, it would be thrown away for nearly all.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
