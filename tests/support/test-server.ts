/**
 * A PostgreSQL server for a run of tests, and on it a migrated template that each test file clones. The server is that of
 * `DATABASE_URL` when it is set, else an embedded one of this checkout.
 */
import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { startEmbeddedPostgres } from "@/scripts/embedded-postgres/start";
import { applyMigrations } from "@/scripts/migrations/apply";
import { until } from "./until";

/** Where test databases are made: the server's address, and the database to clone. */
export interface Origin {
  serverUrl: string;
  template: string;
}

export interface TestServer extends Origin {
  /** Drops every database of this run, and leaves the server. */
  close: () => Promise<void>;
}

export interface TestDatabase {
  name: string;
  url: string;
  /** Removes it, with whoever is still connected. */
  drop: () => Promise<void>;
}

export async function openTestServer(): Promise<TestServer> {
  const server = await findServer();
  // Its own for each run, so that runs at the same time, of other checkouts too, never meet. Clones begin with its name.
  const template = `otp_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await execute(server.url, `CREATE DATABASE ${escapeIdentifier(template)}`);
  await applyMigrations({ url: databaseUrl(server.url, template) });
  // CREATE DATABASE … TEMPLATE fails while anybody is connected to the template, autovacuum included.
  await execute(server.url, `ALTER DATABASE ${escapeIdentifier(template)} ALLOW_CONNECTIONS false`);
  return {
    serverUrl: server.url,
    template,
    close: async () => {
      for (const name of await databasesLike(server.url, `${template}%`)) await drop(server.url, name);
      await server.stop();
    },
  };
}

/**
 * The zones that sessions of test databases are in, unless `TEST_ZONE` names another for all: the product is to work in any, and what
 * it gets wrong shows in UTC least of all.
 */
export const ZONES = ["Asia/Kolkata", "America/St_Johns"] as const;

/** A database of its own: a clone of the migrated template, some 50 ms. */
export async function cloneTemplate(
  { serverUrl, template }: Origin,
  zone: string = ZONES[0],
): Promise<TestDatabase> {
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  await execute(
    serverUrl,
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`,
  );
  const set = escapeLiteral(process.env["TEST_ZONE"] || zone);
  await execute(serverUrl, `ALTER DATABASE ${escapeIdentifier(name)} SET timezone = ${set}`);
  return {
    name,
    url: databaseUrl(serverUrl, name),
    drop: async () => {
      await connectionsClosed(serverUrl, name);
      await drop(serverUrl, name);
    },
  };
}

interface Server {
  url: string;
  stop: () => Promise<void>;
}

async function findServer(): Promise<Server> {
  const url = process.env["DATABASE_URL"];
  if (url) return { url, stop: () => Promise.resolve() };
  const server = await startEmbeddedPostgres({
    dir: ".data/test-pg",
    database: "otp_test",
    durable: false,
    // Several runs may share it, and each of their processes has two pools.
    settings: { max_connections: "300" },
  });
  await dropLeftovers(server.url);
  return server;
}

/** Databases of runs that were killed; on the embedded server alone, where the pid in the name means something. */
async function dropLeftovers(serverUrl: string): Promise<void> {
  for (const database of await databasesLike(serverUrl, "otp_test_%")) {
    const pid = Number(database.split("_")[2]);
    if (!isRunning(pid)) await drop(serverUrl, database);
  }
}

/** How long connections that are being closed may take. */
const CLOSING_MS = 2_000;

/**
 * A pool says that it has ended before its connections are closed, and one that the server ends meanwhile is an error nobody listens
 * to: they get a moment.
 */
async function connectionsClosed(serverUrl: string, name: string): Promise<void> {
  const giveUp = performance.now() + CLOSING_MS;
  await until(async () => {
    const rows = await execute(serverUrl, "SELECT FROM pg_stat_activity WHERE datname = $1", [name]);
    return rows.length === 0 || performance.now() > giveUp;
  });
}

async function drop(serverUrl: string, database: string): Promise<void> {
  await execute(serverUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
}

async function databasesLike(serverUrl: string, pattern: string): Promise<string[]> {
  const rows = await execute<{ datname: string }>(
    serverUrl,
    "SELECT datname FROM pg_database WHERE datname LIKE $1",
    [pattern],
  );
  return rows.map(({ datname }) => datname);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs one statement over a connection of its own. */
export async function execute<Row extends object>(
  url: string,
  sql: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
