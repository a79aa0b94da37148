/**
 * The migrations on disk, and how far a database's history has come with them.
 *
 * The history is Prisma's own table, `_prisma_migrations`, read by Prisma's rules, so that `prisma migrate deploy` on a
 * connected machine and our `npm run db:migrate` agree on every database.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

export interface Migration {
  /** The folder's name, which begins with its time: names sort in the order of application. */
  name: string;
  sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  checksum: string;
}

/** What matters here of a row of `_prisma_migrations`. A migration may have several: rolled back, then tried again. */
export interface MigrationRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/** Names of migrations, in order. A database is up to date when `pending`, `edited` and `failed` are empty. */
export interface MigrationState {
  /** On disk and not applied. */
  pending: string[];
  /** Applied, and their file was changed afterwards. */
  edited: string[];
  /** Begun and not finished: someone has to look, and mark them as rolled back or applied. */
  failed: string[];
  /** Applied and not on disk: the database is ahead of this version of the program. */
  unknown: string[];
}

/** The migrations of a folder, by default the project's, in the order in which they are applied. */
export function readMigrations(folder?: string): Migration[] {
  const root = folder ?? path.join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readMigration(root, name));
}

/** Compares a database's history with the migrations on disk. */
export function migrationState(
  rows: MigrationRow[],
  migrations: Migration[] = readMigrations(),
): MigrationState {
  const standing = rows.filter((row) => row.rolled_back_at === null);
  const applied = new Map(
    standing.filter((row) => row.finished_at !== null).map((row) => [row.migration_name, row.checksum]),
  );
  const failed = new Set(standing.filter((row) => row.finished_at === null).map((row) => row.migration_name));
  const onDisk = new Set(migrations.map(({ name }) => name));
  return {
    pending: migrations.filter(({ name }) => !applied.has(name) && !failed.has(name)).map(({ name }) => name),
    edited: migrations.filter((migration) => wasEdited(migration, applied)).map(({ name }) => name),
    failed: [...failed].sort(),
    unknown: [...applied.keys()].filter((name) => !onDisk.has(name)).sort(),
  };
}

function readMigration(root: string, name: string): Migration {
  const sql = readFileSync(path.join(root, name, "migration.sql"), "utf8");
  return { name, sql, checksum: checksum(sql) };
}

function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** Git may have changed the line ends on checkout; Prisma accepts either, so we do. */
function wasEdited({ name, sql, checksum: current }: Migration, applied: Map<string, string>): boolean {
  const then = applied.get(name);
  if (then === undefined || then === current) return false;
  const lineFeeds = sql.replaceAll("\r\n", "\n");
  return then !== checksum(lineFeeds) && then !== checksum(lineFeeds.replaceAll("\n", "\r\n"));
}
