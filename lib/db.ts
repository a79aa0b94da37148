/**
 * The database: the one client of the process, and beside it the connections that are the reports' own.
 *
 * Transitions and reports are single statements in `$queryRaw` tagged templates; Prisma's own calls serve plain reads
 * by key. Interactive transactions are not used on the paths users wait for: they cost three round trips and hold locks
 * across them.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import { DatabaseError, Pool, type ClientBase, type PoolClient, type PoolConfig } from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { env, required } from "./env";
import { log } from "./log";
import { runKept, StatementNames } from "./prepared-statements";
import { processState } from "./process-state";
import { databaseSettings, searchPath, type DatabaseSettings } from "./settings/database-url";

export const { sql, empty, join, raw } = Prisma;
export type Sql = Prisma.Sql;

/** Connections a process holds at most, but for reports; waiting for a free one ends with a fault after the time-out below. */
const MAX_CONNECTIONS = 20;

/** How many of them write messages and confirm them, where there are twice as many or more: see decision 0065. */
const IN_LINE = 4;
const CONNECT_TIMEOUT_MS = 5_000;

/** Whoever waits in line is sent away later: who asks again stands at its end. */
const LINE_TIMEOUT_MS = 10_000;

/** No statement of ours takes a tenth of this; one that does meets a database that hangs. In milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** A report that takes longer than this would keep others waiting for longer than people wait. In milliseconds. */
const REPORT_TIMEOUT_MS = 10_000;

/** What reports are called in `pg_stat_activity`. */
export const REPORTS_APPLICATION = "otp-insights, reports";

/** The connections that reports read on. */
export type ReportsPool = Pick<Pool, "connect" | "end">;

/**
 * Sessions are in UTC, whatever zone the server, the database or the role has: the adapter writes moments without an offset, and drops
 * the one it reads. PgBouncer keeps this setting for a client, in transaction mode, too.
 *
 * Where DATABASE_URL names a schema, it is all that they look into: what is not there is not to be found in somebody else's.
 *
 * @returns what pg calls with each new connection: with a promise that it waits for, although its types say that it takes none
 */
function setUp(settings: DatabaseSettings): (client: ClientBase) => unknown {
  const statements = ["set time zone 'UTC'", searchPath(settings)].filter(Boolean).join("; ");
  return (client) => client.query(statements);
}

/** Why this process would work on other tables than those that DATABASE_URL names, in a sentence; null when it would not. */
export async function schemaFault(): Promise<string | null> {
  const { schema } = databaseSettings(required("DATABASE_URL"));
  if (schema === undefined) return null;
  const [session] = await db().$queryRaw<[{ schema: string | null }]>`select current_schema() as schema`;
  return session.schema === schema
    ? null
    : `The schema ${schema} of DATABASE_URL is not the one that sessions are in: it is not there (run npm run db:migrate), may not be used, or what is in between, such as a pooler, loses search_path.`;
}

/** What is open; tests put themselves in between. */
export const connections = processState(
  "connections",
  (): {
    client?: PrismaClient;
    hot?: HotStatements;
    line?: HotStatements;
    pool?: Pool;
    linePool?: Pool;
    reports?: ReportsPool;
  } => ({}),
);

/** Which of the process's connections are in line: none where there are few, which are everybody's. */
function shares(): { main: number; line: number } {
  const { connectionLimit = MAX_CONNECTIONS } = databaseSettings(required("DATABASE_URL"));
  const line = connectionLimit < 2 * IN_LINE ? 0 : IN_LINE;
  return { main: connectionLimit - line, line };
}

/** The process's connections: Prisma's statements and the hot ones run on them. */
function mainPool(): Pool {
  return (connections.pool ??= newMainPool(shares().main, CONNECT_TIMEOUT_MS));
}

/** The connections of those that write messages or confirm them: those that wait for one are in line. */
function linePool(): Pool {
  const { line } = shares();
  if (line === 0) return mainPool();
  return (connections.linePool ??= newMainPool(line, LINE_TIMEOUT_MS));
}

/** @param waitMs for one of its connections to be free, where DATABASE_URL does not say */
function newMainPool(max: number, waitMs: number): Pool {
  return newPool((settings) => ({
    max,
    connectionTimeoutMillis: settings.connectTimeoutMs ?? waitMs,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The same for a database that no longer answers at all, a little later so that its own word comes first.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    application_name: "otp-insights",
  }));
}

/** The process's client, made at first use. */
export function db(): PrismaClient {
  return (connections.client ??= newClient(mainPool()));
}

function newPool(configOf: (settings: DatabaseSettings) => PoolConfig): Pool {
  const settings = databaseSettings(required("DATABASE_URL"));
  const { connectionString } = settings;
  const made = new Pool({ connectionString, ...configOf(settings), onConnect: setUp(settings) });
  // A connection that breaks while nobody has it is dropped, and the next statement opens another.
  made.on("error", () => undefined);
  return made;
}

function newClient(on: Pool, disposeExternalPool = false): PrismaClient {
  const { schema } = databaseSettings(required("DATABASE_URL"));
  return new PrismaClient({ adapter: new PrismaPg(on, { schema, disposeExternalPool }) });
}

/** What hot statements run on. */
export interface HotStatements {
  query: <Rows extends object[]>(text: string, values: unknown[]) => Promise<Rows>;
}

/**
 * Runs a statement that people wait for, or that comes with each message: by the driver itself, on Prisma's connections, which keep it
 * prepared. Prisma takes as long for a statement as the driver, and half of it again for its rows.
 *
 * Its faults are the driver's: `isUnavailable` and `isUniqueViolation` know them like Prisma's. Whole numbers beyond 32 bits and decimal ones
 * come as texts.
 *
 * @param name what it is called, such as `start`. The same name may have several forms, since a template has optional parts: each is kept
 * @param query whose text is one of few: all that varies is a parameter
 */
export function runHot<Rows extends object[]>(name: string, query: Sql): Promise<Rows> {
  return run<Rows>(hotStatements(), name, query);
}

/** As `runHot`, for what changes the counters that everybody shares: a few at a time, since the database does one after the other anyhow. */
export function runInLine<Rows extends object[]>(name: string, query: Sql): Promise<Rows> {
  return run<Rows>(statementsInLine(), name, query);
}

function run<Rows extends object[]>(on: HotStatements, name: string, query: Sql): Promise<Rows> {
  return on.query<Rows>(`/* ${name} */ ${query.text}`, query.values.map(toValue));
}

/** The process's, made at first use. */
export function hotStatements(): HotStatements {
  return (connections.hot ??= newHotStatements(mainPool()));
}

/** Those in line, made at first use. */
export function statementsInLine(): HotStatements {
  return (connections.line ??= newHotStatements(linePool()));
}

function newHotStatements(on: Pool): HotStatements {
  const { pooler } = databaseSettings(required("DATABASE_URL"));
  const names = new StatementNames(env().PREPARED_STATEMENTS === "on" && !pooler);
  return {
    async query<Rows extends object[]>(text: string, values: unknown[]) {
      const run = (name: string | undefined) => on.query<object>({ name, text, values });
      const { rows } = await runKept(names, text, run, warnOfPooler);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a statement answers, only who wrote it knows
      return rows as Rows;
    },
  };
}

/** A moment says its offset, whatever the session's zone. */
function toValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(toValue) : value;
}

function warnOfPooler(): void {
  log().warn(
    "A pooler between us and the database loses prepared statements: none is used any more. Set PREPARED_STATEMENTS=off, or max_prepared_statements in PgBouncer from 1.21 on.",
  );
}

/**
 * A client of its own whose statements may take as long as they need, with one connection: for counting a whole history. The caller
 * disconnects it.
 */
export function dbWithoutTimeouts(): PrismaClient {
  return newClient(
    newPool(() => ({ max: 1, application_name: "otp-insights, long work" })),
    true,
  );
}

/**
 * Runs a report's statement, on connections that only reports have: as many as may be worked on at once. However slow they are, nobody
 * who signs in waits for one of them.
 *
 * @param signal cancels the statement, so that nothing is read for a client that has gone
 * @throws the signal's reason, when that is why there is no answer
 */
export async function readReport<Row extends object>(query: Sql, signal?: AbortSignal): Promise<Row[]> {
  signal?.throwIfAborted();
  const client = await reportsPool().connect();
  let canceling: Promise<unknown> | undefined;
  const cancel = () => {
    canceling = cancelStatement(client);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  let lost = false;
  try {
    signal?.throwIfAborted();
    return (await client.query<Row>({ text: query.text, values: query.values })).rows;
  } catch (error) {
    // What the database says it goes on after; when it says nothing, the statement may still be running.
    lost = !(error instanceof DatabaseError);
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cancel);
    // Until it has come, the connection is nobody else's, whose statement it would end.
    await canceling;
    client.release(lost);
  }
}

/** The reports' connections, made at first use. */
export function reportsPool(): ReportsPool {
  return (connections.reports ??= newReportsPool());
}

function newReportsPool(): Pool {
  const settings = databaseSettings(required("DATABASE_URL"));
  const pool = new Pool({
    connectionString: settings.connectionString,
    max: env().REPORTS_AT_ONCE,
    // A report's second statement waits for others' to end, which they do by their time-out.
    connectionTimeoutMillis: 2 * REPORT_TIMEOUT_MS,
    statement_timeout: REPORT_TIMEOUT_MS,
    query_timeout: REPORT_TIMEOUT_MS + 1_000,
    application_name: REPORTS_APPLICATION,
    onConnect: setUp(settings),
    // A report has one processor at most: the others are left to those who sign in. Its sorts are to fit into memory, and its groups to be
    // made by hashing: how many there are PostgreSQL guesses far too high, and would sort all messages.
    options: "-c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=16MB -c hash_mem_multiplier=8",
  });
  // A connection that breaks while nobody has it is dropped, and the next statement opens another.
  pool.on("error", () => undefined);
  return pool;
}

/** That the statement has ended of itself meanwhile, or the database is not there, makes no difference to whoever has gone. */
async function cancelStatement(client: PoolClient): Promise<void> {
  const { processID } = client as PoolClient & { processID?: number };
  await db().$queryRaw`select pg_cancel_backend(${processID}::int)`.catch(() => undefined);
}

/** Closes the process's connections; the next `db()` opens new ones. */
export async function disconnect(): Promise<void> {
  const { client, pool, linePool, reports } = connections;
  for (const open of Object.keys(connections)) Reflect.deleteProperty(connections, open);
  await client?.$disconnect();
  await Promise.all([pool?.end(), linePool?.end(), reports?.end()]);
}
