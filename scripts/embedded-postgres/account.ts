/**
 * PostgreSQL refuses to run as root. Started by root, it runs under another account, and then lives where that account
 * can reach it.
 */
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { Fault } from "../support/fault";

/** Whom the server runs as; empty: as whoever started us. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** Where root keeps clusters of projects that lie in a folder closed to others, such as /root. */
const ROOT_CLUSTERS = "/var/lib/otp-insights";

/** Others may pass through, not look: the data folder inside is the server's alone. */
const PASSABLE = 0o711;

function startedByRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account to run the server as: whoever owns the cluster already, so that root can start what an ordinary user
 * made; else `postgres`, else `nobody`.
 *
 * @throws {Fault} for root on a system with neither.
 */
export function serverAccount(dir: string): Account {
  if (!startedByRoot()) return {};
  const owner = ownerOf(path.join(dir, "data"));
  if (owner?.uid) return owner;
  const account = passwdEntry("postgres") ?? passwdEntry("nobody");
  if (account) return account;
  throw new Fault(
    'PostgreSQL does not run as root, and this system has neither a "postgres" nor a "nobody" account. ' +
      "Start as an ordinary user, or name a database with DATABASE_URL=.",
  );
}

/**
 * The folder of the cluster, made when it is missing: the wanted one if the account can reach it, else one for it under
 * /var/lib.
 */
export function clusterFolder(wanted: string, account: Account): string {
  mkdirSync(wanted, { recursive: true });
  if (account.uid === undefined) return wanted;
  openToOthers(wanted, account);
  if (canReach(wanted, account.uid)) return wanted;
  const digest = createHash("sha256").update(wanted).digest("hex").slice(0, 16);
  const folder = path.join(ROOT_CLUSTERS, digest);
  mkdirSync(folder, { recursive: true });
  openToOthers(ROOT_CLUSTERS, account);
  openToOthers(folder, account);
  return folder;
}

/** Root's umask may have closed a folder we just made. */
function openToOthers(folder: string, account: Account): void {
  const { uid, mode } = statSync(folder);
  if (uid !== account.uid && !(mode & 0o001)) chmodSync(folder, (mode & 0o777) | PASSABLE);
}

function canReach(folder: string, uid: number): boolean {
  for (let current = folder; ; current = path.dirname(current)) {
    const stat = statSync(current);
    if (stat.uid !== uid && !(stat.mode & 0o001)) return false;
    if (current === path.dirname(current)) return true;
  }
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && { uid: stat.uid, gid: stat.gid };
}

function passwdEntry(name: string): Required<Account> | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
