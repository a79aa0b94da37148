import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { QUIET_TOOLS } from "../support/build";

/** Where what a program prints goes. */
export type Print = (text: string) => void;

const running = new Set<ChildProcess>();

/** Runs `node`, or a program of node_modules; true when it ends with code 0. */
export async function runProgram(
  [program = "", ...args]: string[],
  print: Print,
  env: Record<string, string> = {},
): Promise<boolean> {
  const bin = program === "node" ? process.execPath : path.resolve("node_modules", ".bin", program);
  const child = spawn(bin, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows the programs of node_modules are command files.
    shell: process.platform === "win32",
    env: { ...process.env, ...QUIET_TOOLS, ...colours(), ...env },
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", print);
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => running.delete(child));
  return code === 0;
}

/** Asks what is running to end, as Ctrl-C does. */
export function interruptPrograms(): void {
  for (const child of running) child.kill("SIGINT");
}

/** What we print on a terminal looks as if the program had. */
function colours(): Record<string, string> {
  return process.stdout.isTTY && !process.env["NO_COLOR"] ? { FORCE_COLOR: "1" } : {};
}
