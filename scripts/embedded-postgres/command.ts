/** Running PostgreSQL's own programs. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Account } from "./account";

export interface CommandResult {
  /** The exit code; -1 when the program could not be run at all or was killed. */
  code: number;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Runs a program to its end under an account. */
export async function runCommand(file: string, args: string[], account: Account): Promise<CommandResult> {
  // The output goes to a file, never to a pipe: the server that `pg_ctl start` leaves behind inherits it, and a pipe
  // would stay open for as long as the server runs.
  const log = path.join(os.tmpdir(), `otp-insights-${process.pid}-${randomBytes(6).toString("hex")}.log`);
  const descriptor = openSync(log, "wx", 0o600);
  try {
    const code = await exitCode(file, args, account, descriptor);
    return { code, output: readFileSync(log, "utf8").trim() };
  } catch (error) {
    return { code: -1, output: String(error) };
  } finally {
    closeSync(descriptor);
    rmSync(log, { force: true });
  }
}

function exitCode(file: string, args: string[], account: Account, output: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...account,
      // The account may have no right to our own working folder.
      cwd: path.parse(process.cwd()).root,
      stdio: ["ignore", output, output],
      windowsHide: true,
      env: commandEnvironment(),
      // Ctrl-C is for whoever started us: we stop the server in our own time.
      detached: process.platform !== "win32",
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? -1));
  });
}

/** Without the PG* variables, which may be about another server, and with messages in English, since we read some. */
function commandEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env, LC_ALL: "C" };
  for (const name of Object.keys(env)) if (name.startsWith("PG")) Reflect.deleteProperty(env, name);
  return env;
}
