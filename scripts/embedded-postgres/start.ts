/**
 * PostgreSQL for when `DATABASE_URL` is unset: the programs come with npm, the data lies in a folder of ours, and it
 * listens on 127.0.0.1 only, with a password. Nothing is installed, and any user can start it, root included.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import { codeOf, Fault, messageOf } from "../support/fault";
import { withFileLock } from "../support/file-lock";
import { isRunning } from "../support/process-identity";
import { clusterFolder, serverAccount } from "./account";
import { findBinaries } from "./binaries";
import { ensureCluster, readConnection, type Cluster, type Connection } from "./cluster";
import { addHolder, removeHolder } from "./holders";
import { serverProcess, startServer, stopServer } from "./server";

export interface EmbeddedPostgres {
  /** Of the wanted database, with user and password. */
  url: string;
  /** Whether the server lives: false once it was killed. */
  isRunning: () => boolean;
  /** Starts a server that was killed, at the same address. */
  restart: () => Promise<void>;
  /** Leaves the cluster. The server is stopped when no other running process uses it. */
  stop: () => Promise<void>;
}

interface Options {
  /** Where the cluster lies or is to be made. Under root it may end up in /var/lib, see `clusterFolder`. */
  dir: string;
  /** The database, made when it is missing. */
  database: string;
  /** false gives up safety against a crash of the machine, for tests. */
  durable?: boolean;
  /** What the server is started with besides, which no later statement can set. */
  settings?: Record<string, string>;
}

const CONNECT_DEADLINE_MS = 60_000;

/** What connecting to a server that is only just starting, or recovering after a kill, answers with. */
const NOT_YET = /ECONNREFUSED|ECONNRESET|57P0\d|terminated|timeout/i;

/**
 * Starts the cluster in `dir`, or joins one that runs already. Several processes may do so at the same time, also for
 * the first time. About 1.2 s the first time, 0.3 s after that.
 *
 * @throws {Fault} when PostgreSQL cannot run here, with what to do about it.
 */
export async function startEmbeddedPostgres({
  dir,
  database,
  durable = true,
  settings = {},
}: Options): Promise<EmbeddedPostgres> {
  const wanted = path.resolve(dir);
  const account = serverAccount(wanted);
  const folder = clusterFolder(wanted, account);
  const lock = path.join(folder, "lock");
  return withFileLock(lock, async () => {
    const cluster: Cluster = {
      folder,
      data: path.join(folder, "data"),
      account,
      binaries: await findBinaries(folder, account),
    };
    await ensureCluster(cluster);
    await startServer(cluster, durable, settings);
    let server = serverProcess(cluster);
    const holder = addHolder(folder);
    const connection = readConnection(cluster);
    try {
      await ensureDatabase(connection, database);
    } catch (error) {
      await leaveCluster(cluster, holder);
      throw error;
    }
    let stopped: Promise<void> | undefined;
    const leave = () => withFileLock(lock, () => leaveCluster(cluster, holder));
    return {
      url: urlOf(connection, database),
      isRunning: () => isRunning(server),
      restart: () =>
        withFileLock(lock, async () => {
          await startServer(cluster, durable, settings);
          server = serverProcess(cluster);
          refuseMove(connection, readConnection(cluster));
        }),
      stop: () => (stopped ??= leave()),
    };
  });
}

async function leaveCluster(cluster: Cluster, holder: string): Promise<void> {
  // Somebody may have removed the folder under us; without it there is nothing left that could be stopped.
  if (!existsSync(cluster.data)) return;
  if (removeHolder(cluster.folder, holder)) await stopServer(cluster);
}

/** The address is in the configuration of running processes. */
function refuseMove(before: Connection, after: Connection): void {
  if (before.port === after.port) return;
  throw new Fault(
    `PostgreSQL's port ${before.port} was taken by another program. Stop everything and start again.`,
  );
}

function urlOf({ user, password, port }: Connection, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Waits until the server takes connections, then makes the database unless it is there. */
async function ensureDatabase(connection: Connection, database: string): Promise<void> {
  const deadline = Date.now() + CONNECT_DEADLINE_MS;
  for (;;) {
    try {
      await createIfMissing(connection, database);
      return;
    } catch (error) {
      if (!NOT_YET.test(`${codeOf(error)} ${messageOf(error)}`) || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

async function createIfMissing(connection: Connection, database: string): Promise<void> {
  const client = new Client({
    connectionString: urlOf(connection, "postgres"),
    connectionTimeoutMillis: 5_000,
  });
  // A server that ends while we are connected also says so on the idle connection.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
