/** PgBouncer in between, in transaction mode, where this machine has one. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { clusterFolder, serverAccount } from "../../embedded-postgres/account";
import { Fault } from "../../support/fault";
import { freePort } from "../../support/ports";

export interface Bouncer {
  /** Its version, and how it is set, to be printed. */
  description: string;
  /** The way to a database of the server's through it. */
  urlOf: (url: string) => string;
  stop: () => Promise<void>;
}

const START_MS = 10_000;

/** @returns none where PgBouncer is not installed */
export async function startBouncer(url: string): Promise<Bouncer | null> {
  const told = spawnSync("pgbouncer", ["--version"], { encoding: "utf8" });
  const version = told.error ? null : /(\d+)\.(\d+)\.\d+/.exec(told.stdout);
  if (!version) return null;
  const keepsPrepared = Number(version[1]) > 1 || Number(version[2]) >= 21;
  const wanted = mkdtempSync(path.join(os.tmpdir(), "otp-insights-bouncer-"));
  const account = serverAccount(wanted);
  const folder = clusterFolder(wanted, account);
  const port = await freePort();
  const file = path.join(folder, "pgbouncer.ini");
  writeFileSync(file, configuration(new URL(url), port, keepsPrepared), { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(file, account.uid, account.gid);
  const child = spawn("pgbouncer", ["-q", file], { ...account, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    for (const each of [folder, wanted]) rmSync(each, { recursive: true, force: true });
  };
  const urlOf = (direct: string) => Object.assign(new URL(direct), { port: String(port) }).href;
  const deadline = performance.now() + START_MS;
  while (!(await connects(urlOf(url)))) {
    if (performance.now() > deadline) {
      await stop();
      throw new Fault("PgBouncer did not start.");
    }
    await sleep(50);
  }
  const prepared = keepsPrepared ? "max_prepared_statements 200" : "without prepared statements";
  return {
    description: `PgBouncer ${version[0]}: pool_mode transaction, 20 connections, ${prepared}`,
    urlOf,
    stop,
  };
}

function configuration({ hostname, port, username, password }: URL, own: number, prepared: boolean): string {
  return [
    "[databases]",
    `* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${own}`,
    "unix_socket_dir =",
    // It listens on the loopback, and for this run.
    "auth_type = any",
    "pool_mode = transaction",
    "default_pool_size = 20",
    "max_client_conn = 300",
    "ignore_startup_parameters = statement_timeout,extra_float_digits,options",
    ...(prepared ? ["max_prepared_statements = 200"] : []),
    "log_connections = 0",
    "log_disconnections = 0",
    "",
  ].join("\n");
}

async function connects(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
