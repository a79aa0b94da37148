import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium";

const { executablePath, env } = await findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-setup.ts",
  // One product is started for all of them, and two cores serve it, its database, the simulator and the browser.
  workers: 1,
  // Some wait for the 30 s between two messages to a number.
  timeout: 120_000,
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
    trace: "retain-on-failure",
  },
});
