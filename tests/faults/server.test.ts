/** What only the running server can show: Next and the server around it, over real HTTP. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

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

/** A request as a client may send it that does not mend its URL first. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: string | Buffer) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: app.port, method, path, headers: { ...headers, connection: "close" } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode!,
            type: response.headers["content-type"] ?? "",
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const KEY = { Authorization: "Bearer test-key-0123456789abcdef", "Content-Type": "application/json" };

describe("an address", () => {
  test.each(["/api/%zz", "/api/verifications/%", "/%c3%28", "/api/verifications/%ff/checks"])(
    "whose percent signs encode nothing is malformed: %s",
    async (path) => {
      const { status, type, text } = await send("GET", path, KEY);
      expect([status, type]).toEqual([400, "application/problem+json"]);
      expect(JSON.parse(text)).toMatchObject({ code: "malformed_address", requestId: expect.any(String) });
    },
  );

  test.each(["/api/verifications/%00", "/api/verifications/..%2f..%2fetc", "/api/nowhere"])(
    "that names nothing is a problem document: %s",
    async (path) => {
      const { status, type } = await send("GET", path, KEY);
      expect([status, type]).toEqual([404, "application/problem+json"]);
    },
  );
});

test.each([
  ["with its length", { "content-length": "1000000" }],
  ["in chunks", { "transfer-encoding": "chunked" }],
])("a body of 1 MB, sent %s, is refused", async (_, headers) => {
  const sent = send("POST", "/api/verifications", { ...KEY, ...headers }, Buffer.alloc(1_000_000, "x"));
  // The server may answer and hang up before all of it is sent.
  const { status } = await sent.catch((error: NodeJS.ErrnoException) => {
    expect(error.code).toMatch(/EPIPE|ECONNRESET/);
    return { status: 413 };
  });
  expect(status).toBe(413);
});

test("pages do not name the framework", async () => {
  const response = await fetch(`${app.origin}/`);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-powered-by")).toBeNull();
});
