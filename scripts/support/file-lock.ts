/**
 * A lock between processes of one machine: a file that names its owner. The lock of a process that is gone is broken,
 * so that nothing has to be cleaned up after a kill.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, Fault } from "./fault";
import { identify, isRunning } from "./process-identity";

const RETRY_MS = 100;

/** Between a lock file's creation and its owner's name in it lie microseconds; one this old was left by a killed process. */
const NAMELESS_STALE_MS = 5_000;

interface Options {
  timeoutMs?: number;
  /** Called once when another process has it for longer than a moment. */
  onWait?: () => void;
  /** Ends the waiting, and nothing else. */
  signal?: AbortSignal;
}

/**
 * Waits for the lock, holds it while `work` runs, and releases it.
 *
 * @throws {Fault} when another running process keeps it longer than `timeoutMs`.
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  { timeoutMs = 120_000, onWait, signal }: Options = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let retries = 0; !acquire(file); retries += 1) {
    if (Date.now() > deadline)
      throw new Fault(`${file} is held by another process (${ownerOf(file)}) for too long.`);
    if (retries === 1) onWait?.();
    breakIfStale(file);
    await sleep(RETRY_MS, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file: string): boolean {
  try {
    writeFileSync(file, identify(), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function ownerOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Only the holder of a second lock may break the first, after looking at it again: otherwise two processes that saw the
 * same dead owner could remove each other's new lock.
 */
function breakIfStale(file: string): void {
  if (!isStale(file)) return;
  const breaking = `${file}.break`;
  if (!acquire(breaking)) {
    if (isStale(breaking)) rmSync(breaking, { force: true });
    return;
  }
  if (isStale(file)) rmSync(file, { force: true });
  rmSync(breaking, { force: true });
}

function isStale(file: string): boolean {
  const owner = ownerOf(file);
  if (owner === undefined) return false;
  return owner === "" ? ageMs(file) > NAMELESS_STALE_MS : !isRunning(owner);
}

function ageMs(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
