/**
 * DuckDB over a columnar copy of the same rows. It is a dependency of `bench/`, so that the product installs nothing of it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Client } from "pg";
import { DUCKDB_EXACT, DUCKDB_NEAR } from "./group-by";
import { peerOf, type Peer, type PeerRow } from "./peers";

/** What we use of `@duckdb/node-api`, whose types are not there before it is installed. */
interface DuckDbModule {
  DuckDBInstance: {
    create: (file: string, options: Record<string, string>) => Promise<DuckDbInstance>;
  };
}

interface DuckDbInstance {
  connect: () => Promise<DuckDbConnection>;
  closeSync: () => void;
}

interface DuckDbConnection {
  run: (query: string) => Promise<unknown>;
  runAndReadAll: (query: string) => Promise<{ getRowObjectsJS: () => PeerRow[] }>;
  closeSync: () => void;
}

export interface DuckDb {
  /** Version and settings, to be printed. */
  description: string;
  /** Copies what PostgreSQL has now, in place of an earlier copy. */
  copy: (postgres: Client) => Promise<void>;
  peer: (times: { from: Date; to: Date; mature: Date }) => Peer;
  close: () => void;
}

/** As many as this machine of two cores has, whatever others have. */
const THREADS = 2;

const BENCH = path.resolve("bench");

/**
 * Opens an empty DuckDB, and installs it first where it is missing.
 *
 * @param folder where PostgreSQL's server can write and we can read; the copy lies there
 * @returns why there is none, if so
 */
export async function openDuckDb(
  folder: string,
  onProgress: (line: string) => void,
): Promise<DuckDb | { missing: string }> {
  const missing = installIfMissing(onProgress);
  if (missing) return { missing };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see DuckDbModule
  const { DuckDBInstance } = createRequire(path.join(BENCH, "package.json"))(
    "@duckdb/node-api",
  ) as DuckDbModule;
  const instance = await DuckDBInstance.create(path.join(folder, "bench.duckdb"), {
    threads: String(THREADS),
  });
  const connection = await instance.connect();
  const ask = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJS();
  const [about] = await ask("SELECT version() AS key");
  return {
    description: `DuckDB ${about?.key ?? ""}: ${THREADS} threads, defaults otherwise; a native table, statuses and countries as enums`,
    copy: (postgres) => copyTables(connection, postgres, folder),
    peer: ({ from, to, mature }) => {
      const literal = (moment: Date) =>
        `TIMESTAMP '${moment.toISOString().replace("T", " ").replace("Z", "")}'`;
      const dialects: Parameters<typeof peerOf>[2] = [
        { name: "DuckDB, quantile_cont", dialect: DUCKDB_EXACT },
        { name: "DuckDB, approx_quantile", dialect: DUCKDB_NEAR },
      ];
      const times = { from: literal(from), to: literal(to), mature: literal(mature) };
      return peerOf("DuckDB, GROUP BY", ask, dialects, times);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function installIfMissing(onProgress: (line: string) => void): string | undefined {
  if (existsSync(path.join(BENCH, "node_modules/@duckdb/node-api"))) return undefined;
  onProgress("installing DuckDB into bench/node_modules, once (npm ci, some 70 MB)");
  const { status, stderr, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: BENCH,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return undefined;
  const said = (error?.message ?? stderr).trim().split("\n").slice(-5).join("\n");
  return `it could not be installed: \`npm ci\` in bench/ said\n${said}`;
}

const UTC = (column: string) => `${column} AT TIME ZONE 'UTC' AS ${column}`;

/** What PostgreSQL writes, and DuckDB's columns for it; moments in UTC. */
const COPIES = {
  message: {
    written: `SELECT m.country, m.status, ${[
      "m.requested_at",
      "m.refused_at",
      "m.accepted_at",
      "m.delivered_at",
      "m.confirmed_at",
    ]
      .map((column) => `${column} AT TIME ZONE 'UTC'`)
      .join(", ")}, m.late, m.price, f.reported_at AT TIME ZONE 'UTC'
      FROM message m LEFT JOIN feedback f ON f.message_id = m.id ORDER BY m.requested_at`,
    columns: `country country, status message_status, requested_at TIMESTAMP, refused_at TIMESTAMP, accepted_at TIMESTAMP,
      delivered_at TIMESTAMP, confirmed_at TIMESTAMP, late BOOLEAN, price DECIMAL(12, 5), reported_at TIMESTAMP`,
  },
  verification: {
    written: `SELECT country, status, sends, ${UTC("created_at")}, ${UTC("accepted_at")} FROM verification ORDER BY created_at`,
    columns:
      "country country, status verification_status, sends INTEGER, created_at TIMESTAMP, accepted_at TIMESTAMP",
  },
};

async function copyTables(connection: DuckDbConnection, postgres: Client, folder: string): Promise<void> {
  const list = async (query: string) =>
    (await postgres.query<{ label: string }>(query)).rows.map(({ label }) => `'${label.trim()}'`).join(", ");
  const enums = {
    message_status: await list("SELECT unnest(enum_range(NULL::message_status))::text AS label"),
    verification_status: await list("SELECT unnest(enum_range(NULL::verification_status))::text AS label"),
    country: await list("SELECT DISTINCT country AS label FROM bench_slot ORDER BY 1"),
  };
  for (const table of Object.keys(COPIES)) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  for (const [name, labels] of Object.entries(enums)) {
    await connection.run(`DROP TYPE IF EXISTS ${name}`);
    await connection.run(`CREATE TYPE ${name} AS ENUM (${labels})`);
  }
  for (const [table, { written, columns }] of Object.entries(COPIES)) {
    const file = path.join(folder, `${table}.csv`);
    await postgres.query(`COPY (${written}) TO '${file}' WITH (FORMAT csv)`);
    await connection.run(`CREATE TABLE ${table} (${columns})`);
    await connection.run(`COPY ${table} FROM '${file}' (FORMAT csv, HEADER false)`);
    rmSync(file, { force: true });
  }
  await connection.run("CHECKPOINT");
}
