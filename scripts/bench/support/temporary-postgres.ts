/** A PostgreSQL for one run: in a folder of its own, migrated, gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { clusterFolder, serverAccount } from "../../embedded-postgres/account";
import { startEmbeddedPostgres } from "../../embedded-postgres/start";
import { applyMigrations } from "../../migrations/apply";

/** What differs from PostgreSQL's own defaults where reports are measured; it helps the plain GROUP BY more than our short statements. */
const SETTINGS: Record<string, string> = {
  work_mem: "64MB",
  maintenance_work_mem: "512MB",
  max_wal_size: "16GB",
  checkpoint_timeout: "30min",
  // The history is vacuumed and analyzed once it is loaded.
  autovacuum: "off",
};

export interface TemporaryPostgres {
  url: string;
  /** Where the server may write files, on this machine. */
  folder: string;
  /** Its version and settings, to be printed. */
  description: string;
  /** Stops the server and removes all of it. */
  remove: () => Promise<void>;
}

export interface PostgresOptions {
  /** What differs from PostgreSQL's own defaults. */
  settings?: Record<string, string>;
  /** And what only its start can set. */
  atStart?: Record<string, string>;
}

export async function openTemporaryPostgres({
  settings = SETTINGS,
  atStart,
}: PostgresOptions = {}): Promise<TemporaryPostgres> {
  const wanted = mkdtempSync(path.join(os.tmpdir(), "otp-insights-bench-"));
  const folder = clusterFolder(wanted, serverAccount(wanted));
  const removeFolders = () => {
    for (const each of [folder, wanted]) rmSync(each, { recursive: true, force: true });
  };
  try {
    const server = await startEmbeddedPostgres({ dir: wanted, database: "bench", settings: atStart });
    const remove = () => server.stop().finally(removeFolders);
    try {
      const description = await configure(server.url, settings);
      await applyMigrations({ url: server.url });
      return { url: server.url, folder: path.join(folder, "data"), description, remove };
    } catch (error) {
      await remove();
      throw error;
    }
  } catch (error) {
    removeFolders();
    throw error;
  }
}

/** Sets the settings for all sessions to come, and tells those that matter. */
async function configure(url: string, settings: Record<string, string>): Promise<string> {
  return withClient(url, async (client) => {
    for (const [name, value] of Object.entries(settings)) {
      await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
    }
    await client.query("SELECT pg_reload_conf()");
    const told = [
      "shared_buffers",
      ...Object.keys(settings),
      "fsync",
      "max_parallel_workers_per_gather",
      "jit",
    ];
    const { rows } = await client.query<{ version: string; jit: boolean }>(
      "SELECT current_setting('server_version') AS version, pg_jit_available() AS jit",
    );
    const [{ version, jit } = { version: "?", jit: false }] = rows;
    const shown: string[] = [];
    for (const name of told) {
      const { rows: current } = await client.query<Record<string, string>>(`SHOW ${name}`);
      const value = name === "jit" && !jit ? "not available" : (settings[name] ?? current[0]?.[name]);
      shown.push(`${name} ${value}`);
    }
    return `PostgreSQL ${version}: ${shown.join(", ")}`;
  });
}

/** Does something with a connection of its own, and closes it. */
async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  // The server is stopped under it when the benchmark is interrupted.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
