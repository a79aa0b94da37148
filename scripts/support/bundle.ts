/**
 * Our programs as JavaScript, with the packages left outside. For tsx to read the files of a program anew takes longer than all else that the
 * program does until it is ready.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { DAY } from "@/lib/terms/durations";
import { fingerprint } from "./fingerprint";

/** What they are made from, and by. */
const SOURCES = [
  "app/api",
  "demo",
  "lib",
  "prisma/generated",
  "scripts",
  "simulator",
  "tests/support",
  "tsconfig.json",
  "package-lock.json",
];

/** Of all in `.next`, Next leaves this folder alone. */
const FOLDER = ".next/cache/otp-insights-programs";

/** What was made from other sources is kept for as long: some process may be running from it. */
const KEPT_MS = 7 * DAY;

/**
 * Bundles programs, unless there is a bundle from these very sources. Of several commands that need one at the same moment each makes it,
 * which takes a second, and the first to be done has made it for all.
 *
 * @returns the folder that has them, by the names of their sources
 */
export async function bundle(programs: readonly string[]): Promise<string> {
  const folder = path.resolve(FOLDER, fingerprint(SOURCES));
  if (existsSync(folder)) return folder;
  const made = `${folder}.${randomBytes(4).toString("hex")}`;
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: process.cwd(),
    entryPoints: [...programs],
    outbase: ".",
    outdir: made,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What two programs have in common is a file of its own, so that a process has it once.
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    define: { BUNDLED_IN: JSON.stringify(folder) },
    logLevel: "silent",
  });
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  removeOldBundles();
  return folder;
}

function removeOldBundles(): void {
  for (const name of readdirSync(FOLDER)) {
    const folder = path.join(FOLDER, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - made > KEPT_MS) rmSync(folder, { recursive: true, force: true });
  }
}
