/** A database of its own for a test file: a clone of the migrated template, some 50 ms. */
import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";
import { inject } from "vitest";

export interface TestDatabase {
  url: string;
  /** Removes it, with whoever is still connected. */
  drop: () => Promise<void>;
}

/** Makes one, migrated and empty. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { serverUrl, template } = inject("testDatabases");
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  await withClient(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`),
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => withClient(serverUrl, (client) => drop(client, name)),
  };
}

/** How long connections that are being closed may take. */
const CLOSING_MS = 2_000;

/**
 * A pool says that it has ended before its connections are closed, and one that the server ends meanwhile is an error nobody listens
 * to: they get a moment.
 */
async function drop(client: Client, name: string): Promise<void> {
  for (const giveUp = Date.now() + CLOSING_MS; Date.now() < giveUp;) {
    const { rowCount } = await client.query("SELECT FROM pg_stat_activity WHERE datname = $1", [name]);
    if (rowCount === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
