import { spawn } from "node:child_process";
import path from "node:path";
import { QUIET_TOOLS } from "../support/build";

/** Runs a program of node_modules on this terminal; true when it ends with code 0. */
export async function runProgram(
  [program = "", ...args]: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const bin = path.resolve("node_modules", ".bin", program);
  const child = spawn(bin, args, {
    stdio: "inherit",
    // On Windows the programs of node_modules are command files.
    shell: process.platform === "win32",
    env: { ...process.env, ...QUIET_TOOLS, ...env },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  return code === 0;
}
