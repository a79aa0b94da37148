/**
 * The API is answered by the server itself, and its reports in the process of the pages; `next start`, a serverless host and development have Next
 * call the same files. Whoever calls cannot tell.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import twilioWebhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiRoutes } from "@/scripts/server/api-routes";
import { freePort } from "@/scripts/support/ports";
import { createSimulator, type Simulator } from "@/simulator/server";
import { API_KEY, AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { until } from "@/tests/support/until";

let database: TestDatabase;
let simulator: Simulator;
let app: AppProcess;
let plain: ChildProcess;
let plainOrigin: string;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = createSimulator({ pace: 0.01 });
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: await simulator.listen(0) });
  await app.start();
  const port = await freePort();
  plainOrigin = `http://127.0.0.1:${port}`;
  plain = spawn("node_modules/.bin/next", ["start", "--hostname", "127.0.0.1", "--port", String(port)], {
    env: app.environment,
    stdio: "ignore",
  });
  await until(async () => (await fetch(`${plainOrigin}/api/livez`).catch(() => null))?.ok);
});

afterAll(async () => {
  if (plain?.exitCode === null && plain.kill()) await once(plain, "exit");
  await app?.kill();
  await simulator?.close();
  await database?.drop();
});

interface Asked {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const KEY = { authorization: `Bearer ${API_KEY}` };
const JSON_TYPE = { "content-type": "application/json" };

/** What the server says to browsers of every answer, and what is of a connection. */
const ELSEWHERE =
  /^(connection|content-length|content-security-policy|cross-origin-.*|date|keep-alive|permissions-policy|referrer-policy|transfer-encoding|vary|x-content-type-options|x-frame-options)$/;

async function answerOf(origin: string, { method = "GET", path, headers, body }: Asked) {
  const response = await fetch(origin + path, {
    method,
    headers: { ...KEY, "x-request-id": "both-ways", "accept-encoding": "identity", ...headers },
    body,
    redirect: "manual",
  });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !ELSEWHERE.test(name)).sort(),
    body: Buffer.from(await response.arrayBuffer()).toString("latin1"),
  };
}

/** Expects the same from both. @returns what they say */
async function same(asked: Asked) {
  const [ours, nexts] = [await answerOf(app.origin, asked), await answerOf(plainOrigin, asked)];
  expect(ours, `${asked.method ?? "GET"} ${asked.path}`).toEqual(nexts);
  return ours;
}

/** A path with something in place of each parameter. */
const ID = "01890000-0000-7000-8000-000000000000";
const filled = (path: string) => path.replace("{country}", "BR").replace(/\{[^}]+\}/g, ID);

const ROUTES = apiRoutes().map(({ path }) => filled(path));

describe("every address answers the same byte for byte", () => {
  test.each(ROUTES)("%s, by every method, with and without a key", async (path) => {
    for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]) {
      const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method);
      const body = hasBody ? "{}" : undefined;
      await same({ method, path, body, headers: hasBody ? JSON_TYPE : {} });
      await same({ method, path, body, headers: { authorization: "Bearer none", ...JSON_TYPE } });
    }
  });

  test.each([
    { path: "/api/verifications", method: "POST", body: "{", headers: JSON_TYPE },
    { path: "/api/verifications", method: "POST", body: '{"to":"+1"}', headers: JSON_TYPE },
    { path: "/api/verifications", method: "POST", body: "to=1" },
    { path: "/api/verifications", method: "POST", body: "x".repeat(70_000), headers: JSON_TYPE },
    { path: "/api/verifications/%00" },
    { path: "/api/verifications/a%2Fb" },
    { path: "/api/insights/summary?range=never" },
    { path: "/api/insights/destinations/%42%52" },
    { path: "/api/insights/messages?range=7d&format=csv" },
    { path: "/api/insights/timeseries?from=2026-01-01&to=2026-03-01&interval=day" },
    { path: "/api/twilio/status", method: "POST", headers: { "x-twilio-signature": "no" } },
    { path: "/api/openapi.json?a=%C3%A9&b=+" },
  ])("$method $path $body", async (asked) => {
    await same({ ...asked, body: asked.body });
  });
});

test("a sign-in goes on either way", async () => {
  const idempotent = { ...JSON_TYPE, "idempotency-key": "the-same-start" };
  const started = await same({
    method: "POST",
    path: "/api/verifications",
    headers: idempotent,
    body: '{"to":"+14155551234"}',
  });
  expect(started.status).toBe(201);
  const { id } = JSON.parse(started.body) as { id: string };
  const message = await until(() => simulator.handset("+14155551234")[0]);
  const path = `/api/verifications/${id}`;
  const check = (code: string) =>
    same({ method: "POST", path: `${path}/checks`, headers: JSON_TYPE, body: JSON.stringify({ code }) });
  // Callbacks come in between, and each changes what is answered: compared is what has come to rest.
  const settled = (word: string) =>
    until(async () => (await answerOf(app.origin, { path })).body.includes(word));
  await settled('"status":"delivered"');
  expect((await check("000000")).body).toContain("pending");
  const code = /#(\d+)$/.exec(message.body)![1]!;
  expect((await check(code)).body).toContain("approved");
  await settled('"state":"reported"');
  expect((await same({ path })).status).toBe(200);

  const form = { MessageSid: "SM00000000000000000000000000000001", MessageStatus: "sent" };
  const url = `${app.origin}/api/twilio/status`;
  const signature = twilioWebhooks.getExpectedTwilioSignature("simulator", url, form);
  const told = await same({
    method: "POST",
    path: "/api/twilio/status",
    headers: { "x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  expect(told.status).toBe(200);
});
