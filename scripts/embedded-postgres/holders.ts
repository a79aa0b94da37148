/**
 * Who uses a cluster: one file for each process. The last one to leave stops the server. A process that was killed
 * leaves its file behind; the next one sees that it is gone, and so takes over a server that was left running.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identify, isRunning } from "../support/process-identity";

/** Enters this process; the answer names its file. To be called under the cluster's lock. */
export function addHolder(folder: string): string {
  mkdirSync(holders(folder), { recursive: true });
  removeGone(folder);
  const file = path.join(holders(folder), `${process.pid}-${randomBytes(4).toString("hex")}`);
  writeFileSync(file, identify());
  return file;
}

/** Removes an entry; true when nobody is left. To be called under the cluster's lock. */
export function removeHolder(folder: string, file: string): boolean {
  rmSync(file, { force: true });
  removeGone(folder);
  return readdirSync(holders(folder)).length === 0;
}

function removeGone(folder: string): void {
  for (const entry of readdirSync(holders(folder))) {
    const file = path.join(holders(folder), entry);
    if (!isRunning(readFileSync(file, "utf8"))) rmSync(file, { force: true });
  }
}

function holders(folder: string): string {
  return path.join(folder, "holders");
}
