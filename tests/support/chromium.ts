/**
 * A Chromium for the browser tests, without a download: the one that `CHROME_PATH` names, Debian's, or the one inside
 * the npm package @sparticuz/chromium, unpacked once under `.data`. That one is for Linux on x64; elsewhere it is
 * Playwright's own, which `npx playwright install chromium` fetches.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { withFileLock } from "@/scripts/support/file-lock";

export interface Chromium {
  /** undefined: Playwright's own. */
  executablePath: string | undefined;
  /** Variables it needs beside the usual ones: where its libraries are. */
  env: Record<string, string>;
}

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"];

/** Finds one that runs on this machine, unpacking it first if need be (some 3 s, 200 MB). */
export async function findChromium(): Promise<Chromium> {
  const installed = process.env["CHROME_PATH"] || INSTALLED.find((file) => existsSync(file));
  if (installed) return { executablePath: installed, env: {} };
  const isPackaged = process.platform === "linux" && process.arch === "x64";
  return isPackaged ? packagedChromium() : { executablePath: undefined, env: {} };
}

async function packagedChromium(): Promise<Chromium> {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../..");
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const folder = path.resolve(".data", `chromium-${version}`);
  const done = path.join(folder, "complete");
  const executablePath = path.join(folder, "chromium");
  mkdirSync(folder, { recursive: true });
  await withFileLock(path.join(folder, "lock"), async () => {
    if (existsSync(done)) return;
    await unpackProgram(folder);
    await unpackLibraries(root, folder);
    writeFileSync(done, "");
  });
  const libraries = [path.join(folder, "lib"), process.env["LD_LIBRARY_PATH"]]
    .filter(Boolean)
    .join(path.delimiter);
  const env: Record<string, string> = { LD_LIBRARY_PATH: libraries };
  if (!existsSync("/etc/fonts/fonts.conf")) env["FONTCONFIG_PATH"] = path.join(folder, "fonts");
  return { executablePath, env };
}

/** The package unpacks to the system's temporary folder, whichever that is. */
async function unpackProgram(folder: string): Promise<void> {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}

/** NSS, expat and others, for a machine without them. */
async function unpackLibraries(root: string, folder: string): Promise<void> {
  const archive = path.join(folder, "libraries.tar");
  writeFileSync(archive, brotliDecompressSync(readFileSync(path.join(root, "bin", "al2023.tar.br"))));
  await promisify(execFile)("tar", ["xf", archive], { cwd: folder });
  rmSync(archive);
}
