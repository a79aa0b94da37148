/** What only the running server can show: Next and the server around it, over real HTTP. */
import { Agent, request } from "node:http";
import { connect } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { disconnect } from "@/lib/db";
import { setEnv } from "@/lib/env";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { dispatch } from "@/tests/support/routes";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
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

/** A request as a client may send it that does not mend its URL first. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
  agent?: Agent,
) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: app.port,
        method,
        path,
        headers: { ...headers, ...(agent ? {} : { connection: "close" }) },
        agent,
      },
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
  const { status } = await sent.catch((error: unknown) => {
    expect(error).toMatchObject({ code: expect.stringMatching(/EPIPE|ECONNRESET/) });
    return { status: 413 };
  });
  expect(status).toBe(413);
});

test("after a body that was refused, the connection serves the next request", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const big = await send("POST", "/api/verifications", KEY, Buffer.alloc(500_000, "x"), agent).catch(
    () => null,
  );
  expect(big?.status ?? 413).toBe(413);
  expect((await send("GET", "/api/livez", {}, undefined, agent)).status).toBe(200);
  agent.destroy();
});

test("a body that was refused raises no exception when its connection is closed", async () => {
  const body = "x".repeat(100_000);
  const head = [
    "POST /api/twilio/status HTTP/1.1",
    "Host: 127.0.0.1",
    "X-Twilio-Signature: x",
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${body.length}`,
  ];
  await closedAfter(`${head.join("\r\n")}\r\n\r\n${body}`);
  expect((await send("GET", "/api/livez")).status).toBe(200);
  expect(app.output).not.toContain("uncaughtException");
});

test.each(["/x", "/login", "/api/livez", "/_next/webpack-hmr"])(
  "an upgrade to another protocol is hung up on: %s",
  async (path) => {
    const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    // Were it left open, this would wait in vain.
    await closedAfter(head);
    expect((await send("GET", "/api/livez")).status).toBe(200);
  },
);

/** Sends a text on a connection of its own, and waits until the server has closed it. */
function closedAfter(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(app.port, "127.0.0.1", () => socket.write(text));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.resume();
  });
}

test.each(["TRACE", "PROPFIND"])("the method %s is a problem document", async (method) => {
  const { status, type } = await send(method, "/api/livez");
  expect([status, type]).toEqual([405, "application/problem+json"]);
});

describe("of 200 starts at once, half of them in another process, as many are sent as", () => {
  let pool: pg.Pool;

  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    setEnv({ ...app.environment, LOG_LEVEL: "silent" });
  });

  beforeEach(async () => {
    await pool.query(`
      delete from exposure; delete from destination_rule; delete from usual;
      update rule set mode = 'off', threshold = case name when 'exposure' then 1 else threshold end`);
  });

  afterAll(async () => {
    await pool.query("update rule set mode = 'off'; delete from destination_rule; delete from usual");
    // The tests after these look at everything that was started.
    await pool.query("truncate verification, quota cascade");
    await disconnect();
    await pool.end();
  });

  /** How many of 200 are sent, what the others are answered, and how many the counters and the messages have. */
  async function outcome(numberOf: (n: number) => string) {
    const { rows: before } = await pool.query<{ count: number }>("select count(*)::int from message");
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const body = JSON.stringify({ to: numberOf(n), clientIp: `198.51.100.${n}` });
        const there = () => send("POST", "/api/verifications", KEY, body);
        const here = () =>
          dispatch(new Request(`${app.origin}/api/verifications`, { method: "POST", headers: KEY, body }));
        return (await (n % 2 === 0 ? there() : here())).status;
      }),
    );
    const { rows } = await pool.query<{ count: number }>("select count(*)::int from message");
    const of = (status: number) => statuses.filter((each) => each === status).length;
    return { sent: of(201), refused: of(429), messages: rows[0]!.count - before[0]!.count };
  }

  /** Of as many blocks as there are numbers, or of one. */
  const scattered = (n: number) => `+55119${90000 + n}${String((7 * n) % 1000).padStart(3, "0")}`;
  const ofOneBlock = (n: number) => `+5511995001${String(3 * n).padStart(3, "0")}`;

  test("a destination's cap allows", async () => {
    await pool.query("insert into destination_rule values ('BR', 'cap', 20, 'a test', 'test', now())");
    expect(await outcome(scattered)).toEqual({ sent: 20, refused: 180, messages: 20 });
  });

  test("a budget pays for", async () => {
    await pool.query("insert into usual values ('BR', 0, 0.5, 0.25)");
    await pool.query("update rule set mode = 'enforce', threshold = 9 where name = 'spend_hour'");
    expect(await outcome(scattered)).toEqual({ sent: 36, refused: 164, messages: 36 });
  });

  test("may be unanswered of one block", async () => {
    await pool.query("update rule set mode = 'enforce' where name = 'exposure'");
    // Ten in flight, and eight beyond, as many as an hour's.
    expect(await outcome(ofOneBlock)).toEqual({ sent: 18, refused: 182, messages: 18 });
  });
});

test("the whole URL may stand in the request line", async () => {
  expect((await send("GET", `${app.origin}/api/livez`)).status).toBe(200);
});

test("a form of very many fields is refused without being looked through", async () => {
  const form = Array.from({ length: 16_000 }, (_, index) => `f${index}`)
    .join("&")
    .slice(0, 65_000);
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const unsigned = await send("POST", "/api/twilio/status", type, form);
  expect(unsigned.status).toBe(403);
  const signed = await send("POST", "/api/twilio/status", { ...type, "X-Twilio-Signature": "x" }, form);
  expect(signed.status).toBe(413);
});

test("a connection that is reset at once does not escape the limit by address", async () => {
  const response = await fetch(`${app.origin}/login`);
  const [cookie = ""] = response.headers.getSetCookie().map((text) => text.split(";")[0]);
  const forms = (await response.text()).match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes('name="country"'))!;
  const fields = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)![1]!,
    (/value="([^"]*)"/.exec(input)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  ]);
  const submit = (number: string) => {
    const boundary = "----form";
    const parts = [...fields, ["country", "US"], ["number", number]].map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join("")}--${boundary}--\r\n`;
    const head = [
      "POST /login HTTP/1.1",
      `Host: 127.0.0.1:${app.port}`,
      `Origin: ${app.origin}`,
      `Cookie: ${cookie}`,
      `Content-Type: multipart/form-data; boundary=${boundary}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return new Promise<void>((resolve) => {
      const socket = connect(app.port, "127.0.0.1", () =>
        socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, () =>
          setTimeout(() => socket.resetAndDestroy(), 2),
        ),
      );
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
    });
  };
  for (let count = 0; count < 20; count += 1) await submit(`415555${2000 + count}`);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await until(async () => {
      const { rows } = await client.query("select from quota where name = 'messages_from_address'");
      return rows.length > 0;
    });
    const { rows } = await client.query("select distinct client_ip from verification");
    expect(rows).toEqual([{ client_ip: "127.0.0.1" }]);
  } finally {
    await client.end();
  }
});

test("pages do not name the framework, and let nobody frame them", async () => {
  const response = await fetch(`${app.origin}/`);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(response.headers.get("x-frame-options")).toBe("DENY");
});

describe("what nobody catches", () => {
  /** Thrown in the server itself, when it is told to by a signal. */
  const THROWS = [
    'process.on("SIGUSR2",()=>{throw new Error("to +14155550123")})',
    'process.on("SIGWINCH",()=>{throw Object.assign(new Error("gone"),{code:"EPIPE"})})',
    // Not written out here, since a stack has this source.
    'process.on("SIGURG",()=>{Promise.resolve().then(()=>JSON.parse("code "+(314158+1)))})',
  ].join(";");

  test.runIf(process.platform !== "win32")(
    "is one line of the log without secrets; an exception ends the process in order, unless a client just went",
    async () => {
      const broken = await AppProcess.prepare({
        databaseUrl: database.url,
        twilioOrigin: "http://127.0.0.1:9",
        env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(THROWS)}` },
      });
      await broken.start();
      const { pid } = broken;
      if (pid === undefined) throw new Error("The app does not run");
      const lines = () =>
        broken.output
          .split("\n")
          .filter((line) => /"level":"(?:warn|error|fatal)"/.test(line))
          .map((line): unknown => JSON.parse(line));
      try {
        process.kill(pid, "SIGWINCH");
        await until(() => broken.output.includes('"a client went away"'));
        process.kill(pid, "SIGURG");
        await until(() => broken.output.includes("unhandledRejection"));
        expect((await fetch(`${broken.origin}/api/livez`)).status).toBe(200);
        process.kill(pid, "SIGUSR2");
        await until(() => broken.output.includes('"fatal"'));
        expect(await broken.terminate()).toBe(1);
        expect(lines()).toMatchObject([
          { level: "warn", err: { message: "gone" } },
          { level: "error", err: { type: "SyntaxError", message: "could not be read" } },
          { level: "fatal", err: { message: "to +14…23" } },
        ]);
        expect(broken.output).not.toMatch(/314159|14155550123|⨯ *\w*Error/);
      } finally {
        await broken.kill();
      }
    },
  );
});
