/** A cluster's server process: started and stopped by pg_ctl. */
import {
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../support/fault";
import { freePort, portIsFree } from "../support/ports";
import { identify, isZombie, type ProcessIdentity } from "../support/process-identity";
import { readConnection, writeConnection, type Cluster } from "./cluster";
import { runCommand, type CommandResult } from "./command";

/** What a server that was killed may still hold for a moment, or another program may have taken since we looked. */
const PASSING_TROUBLE = /in use|already exists|being used/i;

const START_DEADLINE_MS = 60_000;
const LOG_TAIL = 1_500;

/**
 * Starts the server unless it runs.
 *
 * @param durable false for tests: a crash of the machine may lose data, and everything is faster.
 * @param settings besides ours: of two that say something of the same, these count
 * @throws {Fault} with the end of the server's log when it does not start.
 */
export async function startServer(
  cluster: Cluster,
  durable: boolean,
  settings: Record<string, string>,
): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    await removeStalePidFile(cluster.data);
    if (await isServerRunning(cluster)) return;
    const { code, output } = await tryToStart(cluster, durable, settings);
    if (code === 0) return;
    const reason = logTail(cluster);
    if (!PASSING_TROUBLE.test(reason) || Date.now() > deadline) {
      throw new Fault(`PostgreSQL did not start in ${cluster.folder}:\n${output}\n${reason}`);
    }
    await sleep(250);
  }
}

/** Stops the server if it runs: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(cluster: Cluster): Promise<void> {
  await removeStalePidFile(cluster.data);
  if (!(await isServerRunning(cluster))) return;
  const { code, output } = await pgCtl(cluster, "stop", "-m", "fast", "-w", "-t", "60");
  // It may have ended by itself in between.
  if (code !== 0 && (await isServerRunning(cluster))) throw new Fault(`PostgreSQL did not stop:\n${output}`);
}

/** The running server's first process. */
export function serverProcess(cluster: Cluster): ProcessIdentity {
  return identify(Number.parseInt(readFileSync(pidFile(cluster.data), "utf8"), 10));
}

async function isServerRunning(cluster: Cluster): Promise<boolean> {
  return (await pgCtl(cluster, "status")).code === 0;
}

function pgCtl(cluster: Cluster, ...args: string[]): Promise<CommandResult> {
  return runCommand(cluster.binaries.program("pg_ctl"), [...args, "-D", cluster.data], cluster.account);
}

async function tryToStart(
  cluster: Cluster,
  durable: boolean,
  settings: Record<string, string>,
): Promise<CommandResult> {
  const connection = readConnection(cluster);
  if (!(await portIsFree(connection.port))) {
    connection.port = await freePort();
    writeConnection(cluster, connection);
  }
  setLogAside(cluster);
  const options = serverOptions(connection.port, durable, settings);
  return pgCtl(cluster, "start", "-w", "-t", "60", "-l", logFile(cluster), "-o", options);
}

function serverOptions(port: number, durable: boolean, more: Record<string, string>): string {
  const settings = [
    "listen_addresses=127.0.0.1",
    // A socket's path may be too long, and its folder closed to the account.
    "unix_socket_directories=''",
    "max_connections=100",
    "shared_buffers=128MB",
    // What was committed still survives the server's own death: it is with the operating system.
    ...(durable ? [] : ["fsync=off", "full_page_writes=off"]),
    // The last one that says something is the one that counts.
    ...Object.entries(more).map(([name, value]) => `${name}=${value}`),
  ];
  return [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
}

function pidFile(data: string): string {
  return path.join(data, "postmaster.pid");
}

function logFile(cluster: Cluster): string {
  return path.join(cluster.data, "server.log");
}

/** One log per run, and the one before it: they cannot grow over the years. */
function setLogAside(cluster: Cluster): void {
  if (existsSync(logFile(cluster)))
    renameSync(logFile(cluster), path.join(cluster.data, "server.previous.log"));
}

function logTail(cluster: Cluster): string {
  return existsSync(logFile(cluster)) ? readFileSync(logFile(cluster), "utf8").slice(-LOG_TAIL) : "";
}

/**
 * After a `kill -9` the pid in postmaster.pid can belong to a zombie, where nobody reaps (containers), or by now to some
 * other program. Both pg_ctl and postgres would take it for the running server. On Linux that can be told apart: a
 * server and its backends work in the data directory.
 */
async function removeStalePidFile(data: string): Promise<void> {
  const file = pidFile(data);
  if (process.platform !== "linux") return;
  for (let waited = 0; waited < 10_000; waited += 250) {
    if (!existsSync(file)) return;
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    if (!existsSync(`/proc/${pid}`)) return; // postgres itself finds out
    if (!isZombie(pid) && workingFolder(pid) === realpathSync(data)) return; // it runs
    if (!someoneWorksIn(data)) {
      rmSync(file, { force: true });
      return;
    }
    await sleep(250); // backends that are still ending
  }
}

function someoneWorksIn(data: string): boolean {
  const folder = realpathSync(data);
  return readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && workingFolder(Number(entry)) === folder);
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // gone, a zombie, or another user's, and then not our server
  }
}
