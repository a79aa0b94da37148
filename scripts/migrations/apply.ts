/**
 * Applies prisma/migrations with plain `pg`: Prisma's own command fetches an engine from the internet first. History,
 * checksums and lock are Prisma's, so that either may be used on any database at any time.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError, escapeIdentifier } from "pg";
import { searchPath } from "@/lib/settings/database-url";
import { migrationState, readMigrations, type Migration, type MigrationState } from "@/lib/migrations";
import { settingsOf } from "../support/database";
import { Fault, messageOf } from "../support/fault";
import {
  createHistory,
  historyTable,
  readHistory,
  recordApplied,
  recordFailed,
  recordRolledBack,
} from "./history";

/** The key under which Prisma's schema engine locks a database while it migrates. */
const PRISMA_LOCK = 72_707_369;
const LOCK_WAIT_MS = 60_000;
const LOCK_RETRY_MS = 500;

/** `NULLS NOT DISTINCT`, `MERGE` and what else the statements may use. */
const OLDEST_POSTGRES = 15;

interface Options {
  /** Of the database. */
  url: string;
  /** What to apply; by default the project's migrations. */
  migrations?: Migration[];
  /** Called with a line for each step that takes time. */
  onProgress?: (line: string) => void;
}

/**
 * Applies what is pending, each migration in a transaction with its entry in the history: a killed run leaves nothing
 * half done. Runs at the same time wait for each other.
 *
 * @returns the names of the migrations it applied.
 * @throws {Fault} for a server older than PostgreSQL 15, an unreachable one, a migration that was edited after it was
 *   applied, one that failed now or earlier; the message says what to do.
 */
export async function applyMigrations({
  url,
  migrations = readMigrations(),
  onProgress,
}: Options): Promise<string[]> {
  const report = onProgress ?? (() => undefined);
  return withLockedDatabase(url, report, async (client, table) => {
    const state = migrationState(await readHistory(client, table), migrations);
    refuseBrokenHistory(state);
    if (state.unknown.length) {
      report(`the database is ahead of this version: it also has ${state.unknown.join(", ")}`);
    }
    for (const migration of migrations.filter(({ name }) => state.pending.includes(name))) {
      report(`applying ${migration.name}`);
      await applyMigration(client, table, migration);
    }
    return state.pending;
  });
}

/** Marks a failed migration as rolled back, so that the next run tries it again. */
export async function resolveAsRolledBack(url: string, name: string): Promise<void> {
  await withLockedDatabase(
    url,
    () => undefined,
    async (client, table) => {
      if (!(await recordRolledBack(client, table, name)))
        throw new Fault(`No migration "${name}" has failed.`);
    },
  );
}

/** How far the database is, without changing it; every migration is pending on an empty one. */
export async function inspectMigrations(url: string): Promise<MigrationState> {
  const client = await connect(url);
  try {
    const table = await historyTable(client, settingsOf(url).schema);
    const { rows } = await client.query<{ found: boolean }>("SELECT to_regclass($1) IS NOT NULL AS found", [
      table,
    ]);
    return migrationState(rows[0]?.found ? await readHistory(client, table) : []);
  } finally {
    await client.end();
  }
}

async function withLockedDatabase<T>(
  url: string,
  report: (line: string) => void,
  work: (client: Client, table: string) => Promise<T>,
): Promise<T> {
  const client = await connect(url);
  try {
    await waitForLock(client, report);
    const { schema } = settingsOf(url);
    if (schema !== undefined) await makeSchema(client, schema, report);
    const table = await historyTable(client, schema);
    await createHistory(client, table);
    return await work(client, table);
  } finally {
    // The lock is the session's, and ends with it.
    await client.end().catch(() => undefined);
  }
}

/** As Prisma's command does: the schema that DATABASE_URL names is made where it is not there. */
async function makeSchema(client: Client, schema: string, report: (line: string) => void): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
  if (rowCount) return;
  await client.query(`CREATE SCHEMA ${escapeIdentifier(schema)}`);
  report(`made the schema ${schema}`);
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS found",
  );
  if (rows[0]?.found) {
    report("what versions before put into the schema public, whatever DATABASE_URL said, stays there");
  }
}

async function connect(url: string): Promise<Client> {
  const settings = settingsOf(url);
  const client = new Client({
    connectionString: settings.connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: "otp-insights migrate",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Fault(`The database cannot be reached: ${messageOf(error)}. See DATABASE_URL.`);
  }
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  const version = rows[0]?.version ?? "";
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) {
    await client.query(searchPath(settings));
    return client;
  }
  await client.end();
  throw new Fault(`This database is PostgreSQL ${version}; ${OLDEST_POSTGRES} or newer is needed.`);
}

async function waitForLock(client: Client, report: (line: string) => void): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (let first = true; ; first = false) {
    const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
      PRISMA_LOCK,
    ]);
    if (rows[0]?.locked) return;
    if (first) report("another process is migrating this database: waiting for it");
    if (Date.now() > deadline)
      throw new Fault("Another process has been migrating this database for too long.");
    await sleep(LOCK_RETRY_MS);
  }
}

function refuseBrokenHistory({ edited, failed }: MigrationState): void {
  if (edited.length) {
    throw new Fault(
      `Migrations were changed after they were applied: ${edited.join(", ")}. ` +
        "Restore the files (git checkout) and put the change into a new migration.",
    );
  }
  if (failed.length) {
    throw new Fault(`Migrations failed earlier: ${failed.join(", ")}. ${howToRetry(failed[0] ?? "")}`);
  }
}

function howToRetry(name: string): string {
  return (
    "Look at the column logs of _prisma_migrations, mend the cause, and try again with " +
    `\`npm run db:migrate -- --rolled-back ${name}\`.`
  );
}

async function applyMigration(client: Client, table: string, migration: Migration): Promise<void> {
  try {
    // One simple query is one implicit transaction: file and entry come together or not at all.
    await client.query(`${migration.sql}\n;${recordApplied(table, migration)}`);
  } catch (error) {
    const reason = describe(error, migration);
    // With the connection gone there is nowhere to record it, and nothing to record: the transaction is gone too.
    await recordFailed(client, table, migration, reason).catch(() => undefined);
    throw new Fault(
      `Migration ${migration.name} failed, and nothing of it was applied: ${reason}. ${howToRetry(migration.name)}`,
    );
  }
}

function describe(error: unknown, { sql }: Migration): string {
  if (!(error instanceof DatabaseError)) return String(error);
  const line = error.position && sql.slice(0, Number(error.position) - 1).split("\n").length;
  return [`${error.code}: ${error.message}`, line && `line ${line}`, error.detail].filter(Boolean).join(", ");
}
