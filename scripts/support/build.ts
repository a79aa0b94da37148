/** `next build`, when the sources have changed since the last one. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Fault } from "./fault";
import { makeFolder } from "./data-folder";
import { withFileLock } from "./file-lock";

/** What a build is made from. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

const FINGERPRINT = ".next/otp-insights-fingerprint";
const BUILD_ID = ".next/BUILD_ID";

const NEXT = "node_modules/next/dist/bin/next";
const PRISMA = "node_modules/prisma/build/index.js";
const GENERATED_CLIENT = "prisma/generated/client.ts";

/** Neither Next nor Prisma is to call home. */
export const QUIET_TOOLS = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" };

interface Options {
  /** Ends the build early. */
  signal?: AbortSignal;
  /** Called when a build really starts. */
  onStart?: () => void;
}

/**
 * Builds the app unless the present build was made from these very sources.
 *
 * @returns whether it had to build.
 * @throws {Fault} with the build's output when it fails.
 */
export async function buildIfNeeded({ signal, onStart }: Options = {}): Promise<boolean> {
  const wanted = fingerprint();
  const isBuilt = () =>
    existsSync(BUILD_ID) && existsSync(FINGERPRINT) && readFileSync(FINGERPRINT, "utf8") === wanted;
  if (isBuilt()) return false;
  // Two demos of one checkout may start at the same time; the second finds the first one's build.
  return withFileLock(path.join(makeFolder(), "build.lock"), async () => {
    if (isBuilt()) return false;
    onStart?.();
    rmSync(FINGERPRINT, { force: true });
    await generateClientIfMissing(signal);
    await runTool("The build", [NEXT, "build"], signal);
    writeFileSync(FINGERPRINT, wanted);
    return true;
  });
}

/** npm makes Prisma's client after an install, unless it was told to run no scripts. */
export async function generateClientIfMissing(signal?: AbortSignal): Promise<void> {
  if (!existsSync(GENERATED_CLIENT)) await runTool("prisma generate", [PRISMA, "generate"], signal);
}

function fingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap(filesIn)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(source: string): string[] {
  if (!existsSync(source)) return [];
  if (path.extname(source)) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Runs a tool with its output kept back, to be shown when it fails. */
async function runTool(name: string, args: string[], signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...QUIET_TOOLS, NODE_ENV: "production" },
    signal,
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Fault(`${Buffer.concat(output).toString().trim()}\n${name} failed (see above).`);
}
