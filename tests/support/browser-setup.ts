/** Playwright's global set-up: the whole product, as `npm run demo` starts it, with ports and data of its own. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { Demo, removeData } from "./process";

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = path.resolve(".data", "tests", `browser-${process.pid}`);
  const apiKey = randomBytes(24).toString("base64url");
  const demo = await Demo.spawn({ dataDir, env: { API_KEYS: apiKey } });
  const stop = async () => {
    await demo.interrupt();
    removeData(dataDir);
  };
  try {
    await demo.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  // Workers inherit these: tests/support/browser.ts reads them.
  process.env["E2E_ORIGIN"] = demo.origin;
  process.env["E2E_API_KEY"] = apiKey;
  process.env["E2E_SIMULATOR_ORIGIN"] = `http://127.0.0.1:${demo.simulatorPort}`;
  return stop;
}
