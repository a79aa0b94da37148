/** The bundle that programs are started from: of the sources as they are, whoever asks for it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
// It works from where it is loaded, which has to be there still.
import "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundle } from "@/scripts/support/bundle";

const project = process.cwd();
const FOLDER = ".next/cache/otp-insights-programs";
const PROGRAM = "scripts/hello.ts";

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), "otp-insights-bundle-"));
  process.chdir(checkout);
  for (const folder of ["scripts", "lib"]) mkdirSync(folder);
  writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
  writeFileSync("lib/name.ts", 'export const name: string = "world";');
  writeFileSync(
    PROGRAM,
    'import { name } from "@/lib/name"; console.log(`Hello, ${name}, from ${BUNDLED_IN}`);',
  );
});

afterEach(() => {
  process.chdir(project);
  rmSync(checkout, { recursive: true });
});

const said = (folder: string) =>
  execFileSync(process.execPath, [path.join(folder, "scripts/hello.mjs")], { encoding: "utf8" }).trim();

test("runs by itself, and says where it runs from", async () => {
  const folder = await bundle([PROGRAM]);
  expect(said(folder)).toBe(`Hello, world, from ${folder}`);
});

test("is made once of the same sources, and anew of others", async () => {
  const first = await bundle([PROGRAM]);
  expect(await bundle([PROGRAM])).toBe(first);
  writeFileSync("lib/name.ts", 'export const name: string = "moon";');
  const second = await bundle([PROGRAM]);
  expect(said(second)).toMatch(/^Hello, moon,/);
  // Some process may still be running from it.
  expect(said(first)).toMatch(/^Hello, world,/);
  expect(readdirSync(FOLDER)).toHaveLength(2);
});

test("is one, whole, for several who want it at the same moment", async () => {
  const folders = await Promise.all([bundle([PROGRAM]), bundle([PROGRAM]), bundle([PROGRAM])]);
  expect(new Set(folders).size).toBe(1);
  expect(said(folders[0])).toMatch(/^Hello, world,/);
  expect(readdirSync(FOLDER)).toHaveLength(1);
});

test("of sources that do not compile there is none", async () => {
  writeFileSync(PROGRAM, "const {");
  await expect(bundle([PROGRAM])).rejects.toThrow(/hello\.ts/);
  expect(existsSync(FOLDER) ? readdirSync(FOLDER) : []).toEqual([]);
});

test("what nobody has used for a week is removed when another is made", async () => {
  const old = await bundle([PROGRAM]);
  const lastMonth = new Date(Date.now() - 30 * 86_400_000);
  utimesSync(old, lastMonth, lastMonth);
  writeFileSync("lib/name.ts", 'export const name: string = "moon";');
  await bundle([PROGRAM]);
  expect(existsSync(old)).toBe(false);
});
