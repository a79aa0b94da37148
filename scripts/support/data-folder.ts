/** The folder for what a machine keeps between runs: the embedded cluster, the demo's keys, logs. */
import { accessSync, constants, mkdirSync } from "node:fs";
import path from "node:path";

/** Its absolute path: `DATA_DIR`, by default `.data` in the project. */
function dataFolder(): string {
  return path.resolve(process.env["DATA_DIR"] || ".data");
}

/** Makes a folder in it, and says so early when that cannot be written to. */
export function makeFolder(...parts: string[]): string {
  const folder = path.join(dataFolder(), ...parts);
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK);
  return folder;
}
