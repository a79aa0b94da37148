/** `next build`, when the sources have changed since the last one. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "./fault";
import { withFileLock } from "./file-lock";
import { fingerprint } from "./fingerprint";

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

/** Beside what it guards, whatever folder of data a command has; of all in `.next`, Next leaves this folder alone. */
const LOCK = ".next/cache/otp-insights-build.lock";

/** Longer than any build: whoever waits is told the owner then, and not before. */
const LONGEST_BUILD_MS = 15 * 60_000;

/** What Next says when a build that was started by hand is under way. */
const NEXT_IS_BUILDING = "Another next build process is already running";
const LOOK_AGAIN_MS = 500;

const NEXT = "node_modules/next/dist/bin/next";
const PRISMA = "node_modules/prisma/build/index.js";
const GENERATED_CLIENT = "prisma/generated/client.ts";

/** Neither Next nor Prisma is to call home. */
export const QUIET_TOOLS = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" };

interface Options {
  /** Ends the build, or the waiting for another one, early. */
  signal?: AbortSignal;
  /** Called when a build really starts. */
  onStart?: () => void;
  /** Called when another command of this checkout builds, whose build may be the one that is wanted. */
  onWait?: () => void;
}

/** What `onWait` is to say. */
export const WAITING_FOR_BUILD = "Another command of this checkout is building the app: waiting for it.";

/**
 * Builds the app unless the present build was made from these very sources. Of several commands that need it at the same moment one
 * builds, and the others take what it has built.
 *
 * @returns whether it had to build.
 * @throws {Fault} with the build's output when it fails.
 */
export async function buildIfNeeded({ signal, onStart, onWait }: Options = {}): Promise<boolean> {
  const wanted = fingerprint(SOURCES);
  const isBuilt = () =>
    existsSync(BUILD_ID) && existsSync(FINGERPRINT) && readFileSync(FINGERPRINT, "utf8") === wanted;
  if (isBuilt()) return false;
  const build = async () => {
    if (isBuilt()) return false;
    onStart?.();
    rmSync(FINGERPRINT, { force: true });
    await generateClientIfMissing(signal);
    await buildAfterOthers({ signal, onWait });
    writeFileSync(FINGERPRINT, wanted);
    return true;
  };
  mkdirSync(path.dirname(LOCK), { recursive: true });
  return withFileLock(LOCK, build, { timeoutMs: LONGEST_BUILD_MS, onWait, signal });
}

/** `npm run build` knows nothing of our lock, and leaves no fingerprint: it is waited for, and its build not taken. */
async function buildAfterOthers({ signal, onWait }: Pick<Options, "signal" | "onWait">): Promise<void> {
  const deadline = Date.now() + LONGEST_BUILD_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      await runTool("The build", [NEXT, "build"], signal);
      return;
    } catch (error) {
      const waits = error instanceof Fault && error.message.includes(NEXT_IS_BUILDING);
      if (!waits || Date.now() > deadline) throw error;
      if (tries === 0) onWait?.();
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }
}

/** npm makes Prisma's client after an install, unless it was told to run no scripts. */
export async function generateClientIfMissing(signal?: AbortSignal): Promise<void> {
  if (!existsSync(GENERATED_CLIENT)) await runTool("prisma generate", [PRISMA, "generate"], signal);
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
