/**
 * `npm run bench:lighthouse [-- http://localhost:3000]`: Lighthouse's scores of a running app's overview, the median of three on a desktop
 * and on a phone, and what its first load brings. For a history of a million messages start the demo with SAMPLE_HISTORY=1000000.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findChromium, type Chromium } from "@/tests/support/chromium";
import { Fault, runMain } from "../support/fault";

const BENCH = path.resolve("bench");
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

interface LighthouseReport {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { details?: { items?: NetworkRequest[] }; numericValue?: number }>;
}

interface NetworkRequest {
  url: string;
  resourceType?: string;
  transferSize?: number;
}

async function main(): Promise<void> {
  const address = new URL("/", process.argv[2] ?? "http://localhost:3000").href;
  installIfMissing();
  const chromium = await findChromium();
  const folder = mkdtempSync(path.join(tmpdir(), "lighthouse-"));
  try {
    for (const form of ["desktop", "mobile"] as const) {
      const reports: LighthouseReport[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        reports.push(await lighthouse(address, form, chromium, path.join(folder, `${form}-${run}.json`)));
      }
      console.log(`${form.padEnd(8)} ${CATEGORIES.map((category) => scores(reports, category)).join(" · ")}`);
      for (const first of reports.slice(0, 1)) console.log(`         ${loadOf(first)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scores(reports: LighthouseReport[], category: string): string {
  const all = reports.map(({ categories }) => Math.round((categories[category]?.score ?? 0) * 100));
  const median = [...all].sort((a, b) => a - b).at(all.length / 2) ?? NaN;
  return `${category} ${median} (${all.join(", ")})`;
}

function loadOf({ audits }: LighthouseReport): string {
  const requests = audits["network-requests"]?.details?.items ?? [];
  const kib = (items: NetworkRequest[]) =>
    Math.round(items.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1024);
  const scripts = requests.filter(({ resourceType }) => resourceType === "Script");
  return `${requests.length} requests, ${kib(requests)} KiB, of them ${scripts.length} scripts with ${kib(scripts)} KiB`;
}

async function lighthouse(
  address: string,
  form: "desktop" | "mobile",
  { executablePath, env }: Chromium,
  file: string,
): Promise<LighthouseReport> {
  const child = spawn(
    process.execPath,
    [
      path.join(BENCH, "node_modules/lighthouse/cli/index.js"),
      address,
      "--quiet",
      "--output=json",
      `--output-path=${file}`,
      `--only-categories=${CATEGORIES.join(",")}`,
      "--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage",
      ...(form === "desktop" ? ["--preset=desktop"] : []),
    ],
    { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env, CHROME_PATH: executablePath } },
  );
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Fault(`Lighthouse ended with ${String(code)}: is the app running at ${address}?`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Lighthouse's file, of the version named below
  return JSON.parse(readFileSync(file, "utf8")) as LighthouseReport;
}

/** Not in the product's own packages, which everyone installs, since it is larger than all of them. */
const LIGHTHOUSE = "lighthouse@12.8.2";

function installIfMissing(): void {
  if (existsSync(path.join(BENCH, "node_modules/lighthouse"))) return;
  console.log(`Installing ${LIGHTHOUSE} into bench/node_modules, once.`);
  const install = ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", LIGHTHOUSE];
  const { status } = spawnSync("npm", install, { cwd: BENCH, stdio: "inherit" });
  if (status !== 0) throw new Fault(`\`npm ${install.join(" ")}\` in bench/ failed.`);
}

runMain(main);
