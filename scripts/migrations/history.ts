/** Prisma's table of applied migrations, written the way Prisma's own engine writes it. */
import { randomUUID } from "node:crypto";
import { escapeIdentifier, escapeLiteral, type Client } from "pg";
import type { Migration, MigrationRow } from "@/lib/migrations";

/** The table in the schema that unqualified names go to, spelled out: a migration may change the search path. */
export async function historyTable(client: Client, schema?: string): Promise<string> {
  if (schema !== undefined) return `${escapeIdentifier(schema)}._prisma_migrations`;
  const { rows } = await client.query<{ schema: string | null }>("SELECT current_schema() AS schema");
  return `${escapeIdentifier(rows[0]?.schema ?? "public")}._prisma_migrations`;
}

/** As in Prisma's schema engine, column by column. */
export async function createHistory(client: Client, table: string): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS ${table} (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
}

export async function readHistory(client: Client, table: string): Promise<MigrationRow[]> {
  const { rows } = await client.query<MigrationRow>(
    `SELECT migration_name, checksum, finished_at, rolled_back_at FROM ${table} ORDER BY started_at`,
  );
  return rows;
}

/** The statement that records a migration as applied, to be run in one query with it. */
export function recordApplied(table: string, { name, checksum }: Migration): string {
  const values = [randomUUID(), checksum, name].map(escapeLiteral).join(", ");
  return (
    `INSERT INTO ${table} (id, checksum, migration_name, started_at, finished_at, applied_steps_count) ` +
    `VALUES (${values}, now(), clock_timestamp(), 1)`
  );
}

export async function recordFailed(
  client: Client,
  table: string,
  { name, checksum }: Migration,
  reason: string,
): Promise<void> {
  await client.query(`INSERT INTO ${table} (id, checksum, migration_name, logs) VALUES ($1, $2, $3, $4)`, [
    randomUUID(),
    checksum,
    name,
    reason,
  ]);
}

/** Marks a failed migration as rolled back, as `prisma migrate resolve --rolled-back` does; false when none has failed. */
export async function recordRolledBack(client: Client, table: string, name: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE ${table} SET rolled_back_at = now()
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [name],
  );
  return rowCount !== 0;
}
