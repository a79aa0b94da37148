/**
 * `npm run bench:insights`: our 90-day reports against PostgreSQL's plain GROUP BY and DuckDB, on the same made-up messages, 1, 5 and
 * 10 million of them; and what counting costs a send.
 *
 * `-- --messages 1000000,2000000` for other sizes, `--json FILE` for the figures, `--without http,duckdb,sends` to leave parts out.
 */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import os from "node:os";
import { Client } from "pg";
import { now, setClock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { rebuildCells } from "@/lib/insights/rebuild";
import { progress } from "../demo/progress";
import { explain } from "../support/fault";
import { onStopRequest } from "../support/stop-requests";
import { startApp } from "./insights/app";
import {
  benchmarkedRange,
  compareAll,
  comparisonText,
  peerTimes,
  type Comparison,
} from "./insights/comparison";
import { openDuckDb, type DuckDb } from "./insights/duckdb";
import { growHistory, HISTORY_DAYS, prepareHistory, vacuum } from "./insights/history";
import { readOptions, type Options } from "./insights/options";
import { postgresPeer } from "./insights/peers";
import { triggerCosts, type Cost } from "./insights/sends";
import { duration, spread, table, times } from "./insights/table";
import { openTemporaryPostgres } from "./insights/temporary-postgres";
import { verdicts, verdictText } from "./insights/verdict";

/** What has been opened, to be closed from the last to the first. */
const closers: (() => Promise<void> | void)[] = [];
let closed: Promise<void> | undefined;

function closeAll(): Promise<void> {
  return (closed ??= (async () => {
    for (const close of closers.reverse()) await close();
  })());
}

async function main(): Promise<void> {
  let stopped = false;
  onStopRequest(() => {
    if (stopped) return;
    stopped = true;
    progress("Stopping, and removing everything …");
    void closeAll().finally(() => process.exit(130));
  });
  let exitCode = 0;
  try {
    await run(readOptions(process.argv.slice(2)));
  } catch (error) {
    // What is interrupted fails, and that is no news.
    if (stopped) return;
    console.error(explain(error));
    exitCode = 1;
  }
  await closeAll();
  process.exit(exitCode);
}

async function run(options: Options): Promise<void> {
  const postgres = await openTemporaryPostgres();
  closers.push(postgres.remove);
  const configuration = {
    DATABASE_URL: postgres.url,
    TWILIO_ACCOUNT_SID: SIMULATOR_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: "simulator",
    TWILIO_FROM: "+15005550006",
    SECRET_KEY: randomBytes(32).toString("hex"),
    DASHBOARD_ACCESS: "open",
    LOG_LEVEL: "silent",
  };
  setEnv(configuration);
  closers.push(disconnect);
  const client = new Client({ connectionString: postgres.url });
  client.on("error", () => undefined);
  await client.connect();
  closers.push(() => client.end());

  console.log(`${os.cpus().length} × ${os.cpus()[0]?.model ?? "?"}, Node.js ${process.version}`);
  console.log(postgres.description);
  const duckdb = options.without.has("duckdb") ? undefined : await openDuckDbIfPossible(postgres.folder);

  const comparisons = await compareSizes(options, { client, configuration, duckdb });
  const costs = options.without.has("sends") ? [] : await costsOfSending(client, configuration);
  const found = verdicts(comparisons, costs);
  console.log(`\n${verdictText(found)}`);
  if (options.json) {
    writeFileSync(options.json, JSON.stringify({ comparisons, costs, targets: found }, null, 2));
    progress(`The figures are in ${options.json}.`);
  }
}

async function openDuckDbIfPossible(folder: string): Promise<DuckDb | undefined> {
  const opened = await openDuckDb(folder, progress);
  if ("missing" in opened) {
    console.log(`Without DuckDB: ${opened.missing}`);
    return undefined;
  }
  closers.push(opened.close);
  console.log(opened.description);
  return opened;
}

interface Sides {
  client: Client;
  configuration: Record<string, string>;
  duckdb?: DuckDb;
}

async function compareSizes(
  { sizes, without }: Options,
  { client, configuration, duckdb }: Sides,
): Promise<Comparison[]> {
  // One moment for all of it, so that each size is of the same 90 days, and what is mature does not change between answers.
  const until = now();
  setClock(() => until);
  const app = without.has("http") ? undefined : await startApp(configuration, progress);
  if (app) closers.push(app.stop);
  const range = benchmarkedRange();
  console.log(WORDS);
  await prepareHistory(client);
  const all: Comparison[] = [];
  for (const [i, messages] of sizes.entries()) {
    const from = sizes[i - 1] ?? 0;
    progress(
      `making ${(messages - from).toLocaleString("en")} messages, with verifications and feedback, over ${HISTORY_DAYS} days`,
    );
    await growHistory(client, { from, to: messages, until }, progress);
    await rebuildCells(progress);
    progress("vacuum, analyze");
    await vacuum(client);
    if (duckdb) progress("copying into DuckDB");
    await duckdb?.copy(client);
    const peers = [
      postgresPeer(client, peerTimes(range)),
      ...(duckdb ? [duckdb.peer(peerTimes(range))] : []),
    ];
    const found = await compareAll(messages, { range, peers, app }, progress);
    for (const comparison of found) console.log(`\n${comparisonText(comparison)}`);
    console.log();
    all.push(...found);
  }
  await app?.stop();
  setClock();
  return all;
}

const WORDS = `
Every side answers for the same 90 days, which end now, in UTC.
- "Counts of messages only": for each row attempted, the five status groups, refused, unknown, delivered, confirmed, late, contradicted.
  Ours are the library's tallies, which besides tell the mature part apart; the peers' are one GROUP BY over the messages.
- "The whole answer": all that a row of our report has: those counts, feedback reported, verifications, approved, resent and recovered, the
  mature part of them, spend and its wasted part, time to confirm p50, p90, p99 and delivery latency p50, p95. The peers add a join with
  feedback (DuckDB has it joined already), a GROUP BY over verifications and exact percentiles (also t-digests in DuckDB); ours are from
  histograms. Ours also has the errors by code, the Wilson intervals and, over HTTP, the JSON.
- "With the 90 days before": ours, compared with the range before, which holds nothing here.
`;

async function costsOfSending(client: Client, configuration: Record<string, string>): Promise<Cost[]> {
  // As in a server that people send through.
  await client.query("ALTER SYSTEM RESET autovacuum");
  await client.query("SELECT pg_reload_conf()");
  await client.query("SET session_replication_role = DEFAULT");
  const configure = (twilioOrigin: string) => setEnv({ ...configuration, TWILIO_API_ORIGIN: twilioOrigin });
  const costs = await triggerCosts(client, configuration.DATABASE_URL!, configure, progress);
  const rows = costs.map(({ what, on, off, ratio }) => [
    what,
    `${duration(on.median)} (${spread(on)})`,
    `${duration(off.median)} (${spread(off)})`,
    times(ratio),
  ]);
  const header = ["What triggers cost, four at a time", "with, folding each second", "without", "ratio"];
  console.log(`\n${table([header, ...rows])}`);
  return costs;
}

void main();
