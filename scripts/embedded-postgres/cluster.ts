/** A cluster's files: made by initdb once, with the port and the password to reach it kept beside the data. */
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Fault } from "../support/fault";
import { freePort } from "../support/ports";
import type { Account } from "./account";
import type { Binaries } from "./binaries";
import { runCommand } from "./command";

export interface Cluster {
  /** Holds everything of the cluster. */
  folder: string;
  /** PostgreSQL's data directory, in `folder`. */
  data: string;
  /** Whom the server runs as. */
  account: Account;
  binaries: Binaries;
}

/** How to reach the server; kept in `connection.json`. */
const Connection = z.object({ user: z.string(), password: z.string(), port: z.number() });
export type Connection = z.infer<typeof Connection>;

/**
 * Makes the cluster unless it is there.
 *
 * @throws {Fault} when it was made by another major version of PostgreSQL, or initdb fails.
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const versionFile = path.join(cluster.data, "PG_VERSION");
  if (!existsSync(versionFile)) return initialize(cluster);
  const made = readFileSync(versionFile, "utf8").trim();
  const installed = cluster.binaries.version.split(".")[0];
  if (made === installed) return;
  throw new Fault(
    `${cluster.folder} was made by PostgreSQL ${made}, and version ${installed} is installed now. ` +
      "Remove that folder to start afresh, or dump it with the old version first.",
  );
}

export function readConnection(cluster: Cluster): Connection {
  return Connection.parse(JSON.parse(readFileSync(connectionFile(cluster), "utf8")));
}

export function writeConnection(cluster: Cluster, connection: Connection): void {
  writeFileSync(connectionFile(cluster), JSON.stringify(connection), { mode: 0o600 });
}

function connectionFile(cluster: Cluster): string {
  return path.join(cluster.folder, "connection.json");
}

/** Beside the data directory and renamed at the end, so that a killed start leaves no half-made cluster. */
async function initialize(cluster: Cluster): Promise<void> {
  const partial = `${cluster.data}.partial`;
  const data = path.join(partial, "data");
  const passwordFile = path.join(partial, "password");
  const connection = { user: "otp", password: randomBytes(18).toString("base64url"), port: await freePort() };

  rmSync(partial, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${connection.password}\n`, { mode: 0o600 });
  const { uid, gid } = cluster.account;
  if (uid !== undefined && gid !== undefined) {
    for (const entry of [partial, data, passwordFile]) chownSync(entry, uid, gid);
  }

  const { code, output } = await runCommand(
    cluster.binaries.program("initdb"),
    [
      `--pgdata=${data}`,
      `--username=${connection.user}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The same order of texts on every system.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ],
    cluster.account,
  );
  if (code !== 0) {
    throw new Fault(
      `PostgreSQL could not make its files in ${cluster.folder}:\n${output}\n` +
        "Mend that, or name a database with DATABASE_URL=.",
    );
  }

  writeConnection(cluster, connection);
  renameSync(data, cluster.data);
  rmSync(partial, { recursive: true, force: true });
}
