/** Commands of one checkout that need a build at the same moment. Next is a stand-in, which lets nobody build beside it, as Next does. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildIfNeeded } from "@/scripts/support/build";
import { until } from "../support/until";

const project = process.cwd();
let checkout: string;

/** Builds until there is a file `go`, which says how the build ends. */
const NEXT = `
const { appendFileSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
try {
  closeSync(openSync(".next/lock", "wx"));
} catch {
  console.error("Another next build process is already running.");
  process.exit(1);
}
appendFileSync("builds", "+");
setInterval(() => {
  if (!existsSync("go")) return;
  const failed = readFileSync("go", "utf8") === "fail";
  if (failed) console.error("it does not compile");
  else writeFileSync(".next/BUILD_ID", "1");
  rmSync(".next/lock");
  process.exit(failed ? 1 : 0);
}, 10);
`;

beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), "otp-insights-build-"));
  process.chdir(checkout);
  for (const folder of [".next", "app", "prisma/generated", "node_modules/next/dist/bin"]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync("app/page.tsx", "");
  writeFileSync("prisma/generated/client.ts", "");
  writeFileSync("node_modules/next/dist/bin/next", NEXT);
});

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(project);
  rmSync(checkout, { recursive: true });
});

const builds = () => (existsSync("builds") ? readFileSync("builds", "utf8").length : 0);

/** A command of the checkout with a folder of data of its own. */
function command(name: string, options: { signal?: AbortSignal } = {}) {
  vi.stubEnv("DATA_DIR", path.join(checkout, name));
  const said = { waits: 0 };
  const built = buildIfNeeded({ ...options, onWait: () => (said.waits += 1) });
  // Looked at later: until then it is nobody's.
  built.catch(() => undefined);
  return { built, said };
}

test("the second waits for the first, says so once, and takes its result", async () => {
  const first = command("first");
  await until(() => builds() === 1);
  const second = command("second");
  await until(() => second.said.waits === 1);
  writeFileSync("go", "");
  expect(await first.built).toBe(true);
  expect(await second.built).toBe(false);
  expect([builds(), first.said.waits, second.said.waits]).toEqual([1, 0, 1]);
  expect(await buildIfNeeded()).toBe(false);
});

test("the second builds itself when the first could not", async () => {
  const first = command("first");
  await until(() => builds() === 1);
  const second = command("second");
  await until(() => second.said.waits === 1);
  writeFileSync("go", "fail");
  await expect(first.built).rejects.toThrow("it does not compile");
  writeFileSync("go", "");
  await second.built.catch(() => undefined);
  expect(builds()).toBe(2);
});

test("a build that was started by hand is waited for, and not taken for ours", async () => {
  writeFileSync(".next/lock", "");
  const own = command("own");
  await until(() => own.said.waits === 1);
  expect(builds()).toBe(0);
  rmSync(".next/lock");
  await until(() => builds() === 1);
  writeFileSync("go", "");
  expect(await own.built).toBe(true);
});

test("who waits can be told to stop, which does not stop the other", async () => {
  const first = command("first");
  await until(() => builds() === 1);
  const stop = new AbortController();
  const second = command("second", { signal: stop.signal });
  await until(() => second.said.waits === 1);
  stop.abort();
  await expect(second.built).rejects.toThrow();
  writeFileSync("go", "");
  expect(await first.built).toBe(true);
});
