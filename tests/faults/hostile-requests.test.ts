/** Requests that are made to hurt: what each of them is told, and what it leaves behind. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MULTIPART } from "@/tests/support/page-form";
import { closed, rawAnswer, rawConnection } from "@/tests/support/raw-request";
import { send } from "@/tests/support/send";
import { until } from "@/tests/support/until";

let database: TestDatabase;
let simulator: Simulator;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = createSimulator({ pace: 0.01 });
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: await simulator.listen(0) });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await simulator?.close();
  await database?.drop();
});

const KEY = "Authorization: Bearer test-key-0123456789abcdef";
const head = (...lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;

/** Runs something, and tells what the log says of it that went wrong on our side. */
async function faultsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const before = app.output.length;
  await work();
  const lines = app.output.slice(before).split("\n");
  return lines.filter((line) => /"level":"(error|fatal)"|"status":5\d\d|Error|⨯/.test(line));
}

/** How many connections the app has, half-closed ones included: Linux says so. Those of fetch() stay open, and are a few. */
function connections(): number {
  const port = app.port.toString(16).toUpperCase().padStart(4, "0");
  const lines = readFileSync(`/proc/${app.pid}/net/tcp`, "utf8").split("\n");
  return lines.filter((line) => {
    const [, local = "", , state = ""] = line.trim().split(/\s+/);
    return local.endsWith(`:${port}`) && ESTABLISHED_OR_CLOSE_WAIT.has(state);
  }).length;
}
const ESTABLISHED_OR_CLOSE_WAIT = new Set(["01", "08"]);
const MANY = 40;
const FEW = 20;

describe("a connection", () => {
  const HELD = [
    head("GET /x HTTP/1.1", "Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket"),
    head("GET /login HTTP/1.1", "Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: h2c"),
    head("CONNECT 127.0.0.1:22 HTTP/1.1", "Host: 127.0.0.1"),
  ];
  const HALF = [
    head(
      "POST /login HTTP/1.1",
      "Host: 127.0.0.1",
      `Origin: ORIGIN`,
      `Content-Type: ${MULTIPART}`,
      "Content-Length: 100",
    ) + "half",
    head(
      "POST /phone/inbox HTTP/1.1",
      "Host: 127.0.0.1",
      `Origin: ORIGIN`,
      "Content-Type: application/json",
      "Content-Length: 100",
    ) + "{",
    head(
      "POST /api/verifications HTTP/1.1",
      "Host: 127.0.0.1",
      KEY,
      "Content-Type: application/json",
      "Content-Length: 100",
    ) + "{",
    head(
      "POST /api/verifications HTTP/1.1",
      "Host: 127.0.0.1",
      KEY,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
    ) + "a\r\n{",
    head(
      "POST /api/twilio/status HTTP/1.1",
      "Host: 127.0.0.1",
      "X-Twilio-Signature: x",
      "Content-Type: application/x-www-form-urlencoded",
      "Content-Length: 100",
    ) + "a=",
    "GET / HTTP/1.1\r\nHost: 127",
  ];
  const open = (text: string) => rawConnection(app.port, text.replace("ORIGIN", app.origin));

  test.runIf(process.platform === "linux").each(HELD)(
    "that asks for another protocol is closed: %.30s",
    async (text) => {
      const faults = await faultsDuring(async () => {
        await Promise.all(Array.from({ length: MANY }, () => closed(open(text))));
        await until(() => connections() < FEW);
      });
      expect(faults).toEqual([]);
    },
  );

  test.runIf(process.platform === "linux").each(HALF)(
    "whose client goes in the middle leaves nothing behind, and is no fault of ours: %.40s",
    async (text) => {
      const faults = await faultsDuring(async () => {
        const sockets = Array.from({ length: MANY }, () => open(text));
        await until(() => connections() >= MANY);
        for (const socket of sockets) socket.destroy();
        await until(() => connections() < FEW);
        expect((await fetch(`${app.origin}/api/livez`)).status).toBe(200);
      });
      expect(faults).toEqual([]);
    },
  );

  test("over which no HTTP comes is told so, with what browsers may do with it", async () => {
    for (const [text, status, code] of [
      ["nonsense\r\n\r\n", 400, "malformed_request"],
      [head("GET / HTTP/1.1", "Host: 127.0.0.1", "X: \0"), 400, "malformed_request"],
      [
        head("GET / HTTP/1.1", "Host: 127.0.0.1", "Transfer-Encoding: chunked") + "zz\r\n",
        400,
        "malformed_request",
      ],
      [head("GET / HTTP/1.1", "Host: 127.0.0.1", `X: ${"x".repeat(20_000)}`), 431, "headers_too_large"],
      [head("GET / HTTP/1.1", "Connection: close"), 400, "malformed_header"],
      [
        head("GET / HTTP/1.1", "Host: 127.0.0.1", "Expect: a miracle", "Connection: close"),
        417,
        "expectation_failed",
      ],
      [head("GET / HTTP/1.1", "Host: evil.example:3000", "Connection: close"), 421, "misdirected"],
    ] as const) {
      const answer = await rawAnswer(app.port, text);
      const [lines = "", body = ""] = answer.split("\r\n\r\n");
      expect([text.slice(0, 40), lines.split("\r\n")[0]]).toEqual([
        text.slice(0, 40),
        expect.stringContaining(`HTTP/1.1 ${status} `),
      ]);
      expect(lines).toContain("Content-Security-Policy: default-src 'none'");
      expect(lines).toContain("X-Content-Type-Options: nosniff");
      expect(JSON.parse(body)).toMatchObject({ status, code });
    }
  });
});

test.each<Record<string, string>>([
  { "Next-Router-State-Tree": "x" },
  { "Next-Router-State-Tree": "x", RSC: "1" },
  { "Next-Router-State-Tree": "%5B%22%22%2C%5B%5D%5D", RSC: "1" },
  { "Next-Router-State-Tree": "%", RSC: "1", "Next-Router-Prefetch": "1" },
])("a router's header of the wrong form is a problem: %j", async (headers) => {
  const { status, text } = await send(app.port, "/login", headers);
  expect([status, JSON.parse(text)]).toMatchObject([400, { code: "malformed_header" }]);
});

test.each<Record<string, string>>([
  { "Next-Router-State-Tree": encodeURIComponent('["x",{"y":["z",{}]}]'), RSC: "1" },
  { RSC: "x", "Next-Router-Prefetch": "x", "Next-Router-Segment-Prefetch": "x", "Next-Url": "x" },
  { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree", "Next-Router-Prefetch": "1" },
  { RSC: "1", "Next-Router-Segment-Prefetch": "/%00", "Next-Router-Prefetch": "2", "Next-Url": "/%" },
  { "X-Action-Forwarded": "1", "X-Nextjs-Data": "1", "X-Matched-Path": "/%", "X-Invoke-Path": "/x" },
  { "X-Middleware-Subrequest": "proxy", "X-Middleware-Prefetch": "1", "Next-Resume": "1" },
  { Range: "bytes=9999-" },
  { Range: "x", "If-Range": "x" },
  { "If-Match": "x", "If-None-Match": "*" },
  { "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT", "If-Modified-Since": "x" },
])("what else only routers send fails nothing: %j", async (headers) => {
  for (const path of ["/login", "/", "/icon.svg", "/destinations/BR", "/nope"]) {
    expect((await send(app.port, path, headers)).status).toBeLessThan(500);
  }
});

test.each(["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "the method %s fails at no address",
  async (method) => {
    for (const path of [
      "/",
      "/login",
      "/confirm?id=x",
      "/icon.svg",
      "/nope",
      "/login/state",
      "/phone/inbox",
    ]) {
      const answer = await rawAnswer(
        app.port,
        head(`${method} ${path} HTTP/1.1`, "Host: 127.0.0.1", "Connection: close"),
      );
      expect([path, answer.split("\r\n")[0]]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 [234]/)]);
    }
  },
);

test.each(["/api/verifications/", "/api//livez", "//api/livez/"])(
  "an address of the API with a slash too many is a problem: %s",
  async (path) => {
    const { status, headers } = await send(app.port, path, {});
    expect([status, headers["content-type"]]).toEqual([404, "application/problem+json"]);
  },
);

test.each([
  "/",
  "/login",
  "/confirm?id=x",
  "/nope",
  "/nope.html",
  "/destinations/1.5",
  "/destinations/%00",
  "/messages/x.y",
  "/messages?network=%00&cursor=%00",
  "/_next/nope.js",
  "/_next/static/nope.js",
  "/login/",
  "/icon.svg",
  "/flags.svg?of=BR",
  "/.well-known/security.txt",
  "/login/state",
  "/api/livez",
  "/api/openapi.json",
  "/api/nope",
  "/%",
])("the answer at %s says what browsers may do with it", async (path) => {
  const { status, headers } = await send(app.port, path, {});
  expect(status).toBeLessThan(500);
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(/^default-src 'none';[^,]*$/),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "referrer-policy": path.startsWith("/confirm") ? "no-referrer" : "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  // Whoever reaches us without https is not to be sent there.
  expect(headers["strict-transport-security"]).toBeUndefined();
});

test.each(["/nope.html", "/destinations/1.5", "/messages/x.y"])(
  "the scripts of the page at %s are those its policy names",
  async (path) => {
    const { headers, text } = await send(app.port, path, {});
    const [, nonce = "none"] = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"])) ?? [];
    const scripts = text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
  },
);

// The last one, since it ends the app.
test("SIGTERM ends the app as it should although clients hold connections open", async () => {
  const held = [
    head("GET /held HTTP/1.1", "Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket"),
    head(
      "POST /login HTTP/1.1",
      "Host: 127.0.0.1",
      `Origin: ${app.origin}`,
      `Content-Type: ${MULTIPART}`,
      "Content-Length: 100",
    ) + "half",
    head(
      "POST /api/verifications HTTP/1.1",
      "Host: 127.0.0.1",
      KEY,
      "Content-Type: application/json",
      "Content-Length: 100",
    ) + "{",
    "GET / HTTP/1.1\r\nHost: 127",
  ].map((text) => rawConnection(app.port, text));
  await Promise.all(held.map((socket) => new Promise((resolve) => socket.once("ready", resolve))));
  const faults = await faultsDuring(async () => {
    // 1 would say that it had to be ended, since it did not.
    expect(await app.terminate()).toBe(0);
    await Promise.all(held.map(closed));
  });
  expect(faults).toEqual([]);
});
