/** better-auth in a Next app, from `bench/better-auth`: a package of its own, so that the product installs nothing of it. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { QUIET_TOOLS } from "../../support/build";
import { Fault } from "../../support/fault";
import { freePort } from "../../support/ports";

const FOLDER = path.resolve("bench/better-auth");
const NEXT = "node_modules/next/dist/bin/next";
const BUILT = path.join(FOLDER, ".next/bench-fingerprint");

/** A server that does not answer after this does not start, in milliseconds. */
const START_MS = 60_000;

export interface Peer {
  origin: string;
  pid: number;
  stop: () => Promise<void>;
}

/** What it is told in its environment. */
type Environment = Record<string, string>;

/**
 * Installs it where it is missing, builds it where it has changed, and makes its tables.
 *
 * @param url of a database of its own
 * @returns what each of its servers needs to be told
 */
export async function preparePeer(url: string, onProgress: (line: string) => void): Promise<Environment> {
  if (!existsSync(path.join(FOLDER, "node_modules/better-auth/package.json"))) {
    onProgress("installing better-auth and its Next into bench/better-auth, once (npm ci, some 370 MB)");
    await run("npm", ["ci", "--no-audit", "--no-fund"], {});
  }
  const environment = { DATABASE_URL: url, BETTER_AUTH_SECRET: "of a benchmark, and of nothing else" };
  const wanted = fingerprint();
  if (!existsSync(BUILT) || readFileSync(BUILT, "utf8") !== wanted) {
    onProgress("building better-auth's app, whose sources have changed");
    await run(process.execPath, [NEXT, "build"], environment);
    writeFileSync(BUILT, wanted);
  }
  await run(process.execPath, ["migrate.js"], { ...environment, BETTER_AUTH_URL: "http://127.0.0.1" });
  return environment;
}

/** As `next start` serves it, which is how it would be run. */
export async function startPeer(environment: Environment): Promise<Peer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: FOLDER,
    env: { ...process.env, ...QUIET_TOOLS, ...environment, NODE_ENV: "production", BETTER_AUTH_URL: origin },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const deadline = performance.now() + START_MS;
  while (!(await answers(`${origin}/api/empty`))) {
    if (hasEnded() || performance.now() > deadline) throw new Fault("better-auth's app did not start.");
    await sleep(100);
  }
  return {
    origin,
    pid: child.pid ?? 0,
    async stop() {
      if (hasEnded()) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Of all that its build is made from. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).sort()) {
    if (/^(node_modules|\.next)/.test(file) || !statSync(path.join(FOLDER, file)).isFile()) continue;
    hash.update(file).update(readFileSync(path.join(FOLDER, file)));
  }
  return hash.digest("hex");
}

async function run(program: string, args: readonly string[], environment: Environment): Promise<void> {
  const child = spawn(program, args, {
    cwd: FOLDER,
    env: { ...process.env, ...QUIET_TOOLS, ...environment, NODE_ENV: "production" },
    shell: program === "npm" && process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  await once(child, "close");
  if (child.exitCode !== 0)
    throw new Fault(
      `\`${[path.basename(program), ...args].join(" ")}\` in bench/better-auth said\n${said.slice(-1_500)}\nWithout it: --without peer.`,
    );
}
