/**
 * The product for API tests: its route handlers over a database of their own, the simulator over HTTP, and a clock that
 * stands still until a test moves it. Everything on Twilio's wire is held to Twilio's description.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { now, setClock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { createSimulator, type Exchange, type Simulator } from "@/simulator/server";
import { createTestDatabase } from "./database";
import { dispatch } from "./routes";
import { violations } from "./twilio-contract";
import { until } from "./until";

export const API_KEY = "test-key-0123456789abcdef";
export const OTHER_API_KEY = "test-key-fedcba9876543210";
const AUTH_TOKEN = "simulator";

/** An answer of the API. `body` is what the JSON says, checked by the tests themselves. */
export interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON of an answer under test
  body: any;
  headers: Headers;
}

export interface Product {
  readonly simulator: Simulator;
  /** Everything that was on Twilio's wire in this test. */
  readonly exchanges: Exchange[];
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** Where the simulator posts callbacks to. */
  readonly origin: string;
  /** Calls the API as a program does, with a key. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Moves the clock. */
  advance(seconds: number): void;
  /** A US number that no test has used before. */
  number(): string;
  /** Starts a verification and gives back its id, number and code, taken from the handset. */
  start(options?: { to?: string }): Promise<{ id: string; to: string; code: string; sid: string }>;
  /** The code in the newest message on a handset, once it is there. */
  codeOn(number: string, sid?: string): Promise<string>;
  check(id: string, code: string): Promise<Answer>;
  /** The SIDs the simulator took feedback for, in order. */
  ledger(): string[];
  stopTwilio(): Promise<void>;
  startTwilio(): Promise<void>;
  /** A configuration with these on top, from now on; the one of the tests is back after the test. */
  configure(values: Record<string, string>): void;
}

/** A code that is none of these. */
export function otherThan(...codes: string[]): string {
  const taken = new Set(codes);
  for (let code = 0; ; code += 1) {
    const text = String(code).padStart(6, "0");
    if (!taken.has(text)) return text;
  }
}

/** So many codes that are none of these: each is a wrong one of its own. */
export function othersThan(count: number, ...codes: string[]): string[] {
  const others: string[] = [];
  while (others.length < count) others.push(otherThan(...codes, ...others));
  return others;
}

/** Sets the product up for the tests of a file, and takes it down after them. */
export function useProduct(): Product {
  const product = {} as { -readonly [K in keyof Product]: Product[K] };
  let simulatorPort = 0;
  let appServer: Server;
  let drop: () => Promise<void>;
  let configuration: Record<string, string>;
  let numbers = 0;

  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    product.databaseUrl = database.url;
    product.pool = new pg.Pool({ connectionString: database.url, max: 4 });
    product.exchanges = [];
    product.simulator = createSimulator({ pace: 0.01, authToken: AUTH_TOKEN });
    product.simulator.observe((exchange) => product.exchanges.push(exchange));
    const simulatorOrigin = await product.simulator.listen(0);
    simulatorPort = Number(new URL(simulatorOrigin).port);
    appServer = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => appServer.listen(0, "127.0.0.1", resolve));
    product.origin = `http://127.0.0.1:${(appServer.address() as AddressInfo).port}`;
    configuration = {
      DATABASE_URL: database.url,
      TWILIO_ACCOUNT_SID: SIMULATOR_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_FROM: "+15005550006",
      TWILIO_API_ORIGIN: simulatorOrigin,
      PUBLIC_BASE_URL: product.origin,
      SECRET_KEY: "a key for tests only, 32 bytes or more",
      API_KEYS: `${API_KEY},${OTHER_API_KEY}`,
      DASHBOARD_ACCESS: "open",
      LOG_LEVEL: "silent",
    };
  });

  beforeEach(() => {
    setEnv(configuration);
    const start = Date.now();
    let offset = 0;
    setClock(() => new Date(start + offset));
    product.advance = (seconds) => (offset += seconds * 1000);
    product.exchanges.length = 0;
  });

  afterEach(() => {
    product.simulator.setFaults({});
    const api = product.exchanges.filter((exchange) => exchange.kind === "api");
    expect(api.flatMap(violations)).toEqual([]);
  });

  afterAll(async () => {
    await product.simulator.close();
    await new Promise((resolve) => appServer.close(resolve));
    await disconnect();
    await product.pool.end();
    await drop();
  });

  product.call = async (method, path, body, headers = {}) => {
    const request = new Request(product.origin + path, {
      method,
      headers: {
        Authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
    });
    const response = await dispatch(request);
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
  };

  product.number = () => {
    numbers += 1;
    return `+1415555${String(1000 + numbers)}`;
  };

  product.start = async ({ to = product.number() } = {}) => {
    const started = await product.call("POST", "/api/verifications", { to });
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    const { id, messageSid: sid } = started.body as { id: string; messageSid: string };
    return { id, to, sid, code: await product.codeOn(to, sid) };
  };

  product.codeOn = async (number, sid) => {
    const message = await until(() =>
      product.simulator.handset(number).find((candidate) => !sid || candidate.sid === sid),
    );
    return /#(\d+)$/.exec(message.body)![1]!;
  };

  product.check = (id, code) => product.call("POST", `/api/verifications/${id}/checks`, { code });
  product.ledger = () => product.simulator.ledger().map((entry) => entry.messageSid);
  product.stopTwilio = () => product.simulator.close();
  product.startTwilio = async () => {
    await product.simulator.listen(simulatorPort);
  };
  product.configure = (values) => setEnv({ ...configuration, ...values });
  return product;
}

/** The product's time now, as the tests have set it. */
export const clock = now;

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await dispatch(
    new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method,
      headers: request.headers as Record<string, string>,
      body: ["GET", "HEAD"].includes(request.method ?? "")
        ? undefined
        : (Readable.toWeb(request) as ReadableStream),
      // @ts-expect-error -- Node needs it for a streamed body; the web's types do not know it
      duplex: "half",
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
