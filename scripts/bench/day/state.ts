/** How the processes and the database are: looked at while a day goes on. */
import { readdirSync, readFileSync } from "node:fs";
import type { Client } from "pg";
import { OWN } from "../support/statements";

export interface State {
  /** Resident memory by process, in bytes. */
  memory: Record<string, number>;
  /** WAL written so far, in bytes. */
  wal: number;
  /** All of each table, its indexes among it, in bytes. */
  tables: Record<string, number>;
  /** Rows that wait for vacuum, and rows in all. */
  dead: number;
  live: number;
  /** How often autovacuum has been through a table. */
  vacuums: number;
}

/** @param processes by name */
export async function stateOf(client: Client, processes: Record<string, number>): Promise<State> {
  const { rows } = await client.query<{
    table: string;
    bytes: string;
    dead: string;
    live: string;
    vacuums: string;
  }>(
    `SELECT ${OWN} relname AS table, pg_total_relation_size(relid) AS bytes, n_dead_tup AS dead, n_live_tup AS live,
       autovacuum_count AS vacuums FROM pg_stat_user_tables`,
  );
  const { rows: written } = await client.query<{ wal: string }>(
    `SELECT ${OWN} pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS wal`,
  );
  const sum = (figure: (row: (typeof rows)[number]) => string) =>
    rows.reduce((total, row) => total + Number(figure(row)), 0);
  return {
    memory: Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, residentMemory(pid)])),
    wal: Number(written[0]?.wal ?? NaN),
    tables: Object.fromEntries(rows.map(({ table, bytes }) => [table, Number(bytes)])),
    dead: sum(({ dead }) => dead),
    live: sum(({ live }) => live),
    vacuums: sum(({ vacuums }) => vacuums),
  };
}

/** NaN where the system does not tell. */
function residentMemory(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? NaN : 1024 * Number(kilobytes);
  } catch {
    return NaN;
  }
}

/** The process of the pages, which the server has started. */
export function childOf(pid: number): number {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parent === pid && readFileSync(`/proc/${entry}/cmdline`, "utf8").includes("server/pages/process"))
        return Number(entry);
    } catch {
      // It has ended meanwhile.
    }
  }
  return NaN;
}
