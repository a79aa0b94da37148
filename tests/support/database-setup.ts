/**
 * Vitest's global set-up of the projects with a database: a server, and on it a migrated template that each test file
 * clones (see database.ts). The server is that of `DATABASE_URL` when it is set, else an embedded one of this checkout.
 */
import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/scripts/embedded-postgres/start";
import { applyMigrations } from "@/scripts/migrations/apply";

declare module "vitest" {
  interface ProvidedContext {
    /** Where test databases are made: the server's address, and the template's name. */
    testDatabases: { serverUrl: string; template: string };
  }
}

interface Server {
  url: string;
  stop: () => Promise<void>;
}

/** Shared by the projects of one run: each runs this set-up, in the same process. */
let prepared: ReturnType<typeof prepare> | undefined;
let users = 0;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  prepared ??= prepare();
  users += 1;
  const { server, template } = await prepared;
  project.provide("testDatabases", { serverUrl: server.url, template });
  return async () => {
    users -= 1;
    if (users > 0) return;
    await dropEverything(server.url, template);
    await server.stop();
  };
}

async function prepare(): Promise<{ server: Server; template: string }> {
  const server = await openServer();
  // Its own for each run, so that runs at the same time, of other checkouts too, never meet. Clones begin with its name.
  const template = `otp_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await execute(server.url, `CREATE DATABASE ${escapeIdentifier(template)}`);
  await applyMigrations({ url: databaseUrl(server.url, template) });
  // CREATE DATABASE … TEMPLATE fails while anybody is connected to the template, autovacuum included.
  await execute(server.url, `ALTER DATABASE ${escapeIdentifier(template)} ALLOW_CONNECTIONS false`);
  return { server, template };
}

async function openServer(): Promise<Server> {
  const url = process.env["DATABASE_URL"];
  if (url) return { url, stop: () => Promise.resolve() };
  const server = await startEmbeddedPostgres({ dir: ".data/test-pg", database: "otp_test", durable: false });
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

async function dropEverything(serverUrl: string, template: string): Promise<void> {
  for (const database of await databasesLike(serverUrl, `${template}%`)) await drop(serverUrl, database);
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

async function execute<Row extends object>(url: string, sql: string, values?: unknown[]): Promise<Row[]> {
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
