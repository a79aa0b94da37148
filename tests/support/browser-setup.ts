/**
 * Playwright's global set-up: the whole product as `npm run demo` starts it, with ports and data of its own, and beside it a second
 * app over the same database, which sends another message to a number after 2 s instead of 30.
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { AppProcess } from "./app-process";
import { Demo, removeData } from "./process";
import { cloneTemplate, openTestServer } from "./test-server";

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = path.resolve(".data", "tests", `browser-${process.pid}`);
  const apiKey = randomBytes(24).toString("base64url");
  const stops: (() => unknown)[] = [() => removeData(dataDir)];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const server = await openTestServer();
    stops.push(server.close);
    const { url: databaseUrl } = await cloneTemplate(server);
    const secretKey = randomBytes(32).toString("base64url");
    const demo = await Demo.spawn({
      dataDir,
      env: { API_KEYS: apiKey, DATABASE_URL: databaseUrl, SECRET_KEY: secretKey },
    });
    stops.push(() => demo.interrupt());
    await demo.ready();
    const simulatorOrigin = `http://127.0.0.1:${demo.simulatorPort}`;
    const quick = await AppProcess.prepare({
      databaseUrl,
      twilioOrigin: simulatorOrigin,
      env: { RESEND_AFTER_SECONDS: "2", SECRET_KEY: secretKey },
    });
    stops.push(() => quick.kill());
    await quick.start();
    // Workers inherit these: tests/support/browser.ts reads them.
    Object.assign(process.env, {
      E2E_ORIGIN: demo.origin,
      E2E_QUICK_ORIGIN: quick.origin,
      E2E_API_KEY: apiKey,
      E2E_SIMULATOR_ORIGIN: simulatorOrigin,
      E2E_DATABASE_URL: databaseUrl,
      E2E_SERVER_URL: server.serverUrl,
      E2E_TEMPLATE: server.template,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
