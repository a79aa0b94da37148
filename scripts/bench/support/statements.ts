/** How many statements PostgreSQL was given, as it counts them itself: by `pg_stat_statements`, which is loaded at its start. */
import type { Client } from "pg";

/** What a server has to be started with. */
export const COUNTING_STATEMENTS = { shared_preload_libraries: "pg_stat_statements" };

/** What the benchmark's own statements say of themselves, within: what stands before a statement PostgreSQL does not keep. They are not counted. */
export const OWN = "/* bench */";

export interface Counted {
  /** How it begins. */
  name: string;
  times: number;
  /** Planning and executing, in milliseconds. */
  ms: number;
}

/** What connections begin with, which are none of a call's. */
const SETS_UP = /^set (time zone|search_path)/i;

export async function prepareCounting(client: Client): Promise<void> {
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  // To plan takes as long as to execute, in some.
  await client.query("ALTER SYSTEM SET pg_stat_statements.track_planning = on");
  await client.query("SELECT pg_reload_conf()");
}

/** From now on. */
export async function countAnew(client: Client): Promise<void> {
  await client.query(`SELECT ${OWN} pg_stat_statements_reset()`);
}

/**
 * All that was sent to a database since, transactions' beginnings and ends among it, the most frequent first. No driver of these sends two
 * at once, so that each is a round trip.
 */
export async function countedIn(client: Client, database: string): Promise<Counted[]> {
  const { rows } = await client.query<{ query: string; calls: string; ms: number }>(
    `SELECT ${OWN} query, calls, total_exec_time + total_plan_time AS ms
     FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid WHERE d.datname = $1`,
    [database],
  );
  const all = new Map<string, Counted>();
  for (const { query, calls, ms } of rows) {
    if (query.includes(OWN) || SETS_UP.test(query)) continue;
    const name = nameOf(query);
    const known = all.get(name) ?? { name, times: 0, ms: 0 };
    all.set(name, { name, times: known.times + Number(calls), ms: known.ms + ms });
  }
  return [...all.values()].sort((a, b) => b.times - a.times);
}

const LONGEST_NAME = 60;

function nameOf(query: string): string {
  return query.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
}
