/**
 * Names of processes that outlive them. A pid alone is given to another process sooner or later (after the restart of a
 * container at once), so where the system tells when a process started, that is part of its name.
 */
import { readFileSync } from "node:fs";
import { codeOf } from "./fault";

/** A process's pid and, on Linux, its start in clock ticks since boot: `4711@88210`. Elsewhere the pid alone. */
export type ProcessIdentity = string;

interface ProcessStat {
  state: string;
  startedAt: string;
}

/** The name of a running process, this one by default. */
export function identify(pid: number = process.pid): ProcessIdentity {
  const stat = readStat(pid);
  return stat ? `${pid}@${stat.startedAt}` : String(pid);
}

/** The pid in a name. */
export function pidOf(identity: ProcessIdentity): number {
  return Number.parseInt(identity, 10);
}

/** Whether the very process of this name is still running. A zombie, killed but not yet reaped, is not. */
export function isRunning(identity: ProcessIdentity): boolean {
  const pid = pidOf(identity);
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false;
  const stat = readStat(pid);
  if (!stat) return process.platform !== "linux";
  const startedAt = identity.split("@")[1];
  return !isDead(stat) && (startedAt === undefined || startedAt === stat.startedAt);
}

/** Whether the process exists only as an entry that its parent has not reaped (Linux). */
export function isZombie(pid: number): boolean {
  const stat = readStat(pid);
  return stat !== undefined && isDead(stat);
}

function isDead(stat: ProcessStat): boolean {
  return stat.state === "Z" || stat.state === "X";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return codeOf(error) === "EPERM";
  }
}

/** proc(5): the fields after the command, which stands in parentheses and may contain any character. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startedAt: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
