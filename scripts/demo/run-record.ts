/**
 * `run.json`: which processes make up the demo that runs from a data folder. It lets a second start say that there is
 * one already, and the next start clear away what a killed one left.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { makeFolder } from "../support/data-folder";
import { Fault } from "../support/fault";
import { withFileLock } from "../support/file-lock";
import { identify, isRunning, pidOf, type ProcessIdentity } from "../support/process-identity";

const Run = z.object({
  supervisor: z.string(),
  origin: z.string(),
  /** By name. */
  children: z.record(z.string(), z.string()),
});
type Run = z.infer<typeof Run>;

/** Children of a killed demo notice that it is gone and end by themselves; this long they may take. */
const LEFTOVER_GRACE_MS = 5_000;

/**
 * Enters this process as the demo of its data folder, after what a killed one left has ended.
 *
 * @throws {Fault} when another one is running.
 */
export async function claimRun(origin: string): Promise<RunRecord> {
  const folder = makeFolder();
  const file = path.join(folder, "run.json");
  return withFileLock(path.join(folder, "run.lock"), async () => {
    const earlier = readRun(file);
    if (earlier && isRunning(earlier.supervisor)) {
      const pid = pidOf(earlier.supervisor);
      throw new Fault(
        `The demo of this folder is running already, at ${earlier.origin} (process ${pid}). ` +
          `Stop it with Ctrl-C in its terminal, or with \`kill ${pid}\`.`,
      );
    }
    if (earlier) await Promise.all(Object.values(earlier.children).map(waitForEnd));
    const record = new RunRecord(file, { supervisor: identify(), origin, children: {} });
    record.write();
    return record;
  });
}

export class RunRecord {
  constructor(
    private readonly file: string,
    private readonly run: Run,
  ) {}

  /** Enters a child under its name, in place of the one before. */
  setChild(name: string, pid: number): void {
    this.run.children[name] = identify(pid);
    this.write();
  }

  write(): void {
    writeFileSync(this.file, JSON.stringify(this.run));
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}

function readRun(file: string): Run | undefined {
  try {
    return existsSync(file) ? Run.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  } catch {
    return undefined; // half written by a process that was killed
  }
}

async function waitForEnd(leftover: ProcessIdentity): Promise<void> {
  const deadline = Date.now() + LEFTOVER_GRACE_MS;
  while (isRunning(leftover) && Date.now() < deadline) await sleep(50);
  if (isRunning(leftover)) process.kill(pidOf(leftover), "SIGKILL");
}
