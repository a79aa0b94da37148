import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrationState, readMigrations, type MigrationRow } from "@/lib/migrations";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const applied = (name: string, sql: string): MigrationRow => ({
  migration_name: name,
  checksum: sha256(sql),
  finished_at: new Date(),
  rolled_back_at: null,
});

const failed = (name: string, sql: string): MigrationRow => ({ ...applied(name, sql), finished_at: null });

let folder: string;

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "migrations-"));
  writeFileSync(path.join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
  write("2_second", "SELECT 2;\n");
  write("1_first", "SELECT 1;\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("readMigrations", () => {
  test("reads the folders in the order of their names, with Prisma's checksum", () => {
    expect(readMigrations(folder)).toEqual([
      { name: "1_first", sql: "SELECT 1;\n", checksum: sha256("SELECT 1;\n") },
      { name: "2_second", sql: "SELECT 2;\n", checksum: sha256("SELECT 2;\n") },
    ]);
  });

  test("knows the project's own", () => {
    expect(readMigrations().map(({ name }) => name)).toContain("20261123120000_init");
  });

  test("finds none where there is no folder", () => {
    expect(readMigrations(path.join(folder, "missing"))).toEqual([]);
  });
});

describe("migrationState", () => {
  const state = (rows: MigrationRow[]) => migrationState(rows, readMigrations(folder));
  const upToDate = { pending: [], edited: [], failed: [], unknown: [] };

  test("has everything pending on an empty database", () => {
    expect(state([])).toEqual({ ...upToDate, pending: ["1_first", "2_second"] });
  });

  test("is up to date when every file is applied as it is", () => {
    expect(state([applied("1_first", "SELECT 1;\n"), applied("2_second", "SELECT 2;\n")])).toEqual(upToDate);
  });

  test("sees a file that was edited after it was applied, but not one whose line ends changed", () => {
    const first = applied("1_first", "SELECT 1;\n");
    expect(state([first, applied("2_second", "SELECT 3;\n")])).toEqual({ ...upToDate, edited: ["2_second"] });
    expect(state([first, applied("2_second", "SELECT 2;\r\n")])).toEqual(upToDate);
  });

  test("tells a failure from what is pending", () => {
    expect(state([failed("1_first", "SELECT 1;\n")])).toEqual({
      ...upToDate,
      pending: ["2_second"],
      failed: ["1_first"],
    });
  });

  test("takes a rolled back migration as not applied", () => {
    const rolledBack = { ...failed("1_first", "broken"), rolled_back_at: new Date() };
    expect(state([rolledBack])).toEqual({ ...upToDate, pending: ["1_first", "2_second"] });
    expect(state([rolledBack, applied("1_first", "SELECT 1;\n")])).toEqual({
      ...upToDate,
      pending: ["2_second"],
    });
  });

  test("names what the database has and this version has not", () => {
    const rows = [
      applied("1_first", "SELECT 1;\n"),
      applied("2_second", "SELECT 2;\n"),
      applied("3_later", ""),
    ];
    expect(state(rows)).toEqual({ ...upToDate, unknown: ["3_later"] });
  });
});
