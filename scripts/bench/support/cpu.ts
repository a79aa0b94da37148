/** Processor time of processes, as Linux counts it. */
import { readdirSync, readFileSync } from "node:fs";

/** What `utime` and its like are counted in (proc(5)): on every Linux that Node runs on a hundredth of a second. */
const TICK_MS = 10;

interface Process {
  parent: number;
  /** Its own, and that of its children that have ended and were waited for, in ticks. */
  ticks: number;
}

/**
 * The processor time that a process and all that it started have used so far, in milliseconds; NaN where the system does not tell.
 *
 * @param pid of the first process
 */
export function cpuOf(pid: number): number {
  if (process.platform !== "linux") return NaN;
  const all = new Map<number, Process>();
  for (const entry of readdirSync("/proc")) {
    const found = /^\d+$/.test(entry) && read(Number(entry));
    if (found) all.set(Number(entry), found);
  }
  const within = (each: number): boolean =>
    each === pid || (all.has(each) && within(all.get(each)?.parent ?? 0));
  let ticks = 0;
  for (const [each, { ticks: own }] of all) if (within(each)) ticks += own;
  return ticks * TICK_MS;
}

/** The fields after the command, which stands in parentheses and may contain any character. */
function read(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) };
  } catch {
    return undefined; // It has ended meanwhile.
  }
}
