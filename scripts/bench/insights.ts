/**
 * `npm run bench:insights`: our 90-day reports against PostgreSQL's plain GROUP BY and DuckDB, on the same made-up messages, 1, 5 and
 * 10 million of them; and what counting costs a send.
 *
 * `-- --messages 1000000,2000000` for other sizes, `--json FILE` for the figures, `--without http,duckdb,sends` to leave parts out.
 */
import { writeFileSync } from "node:fs";
import { now, setClock } from "@/lib/clock";
import { setEnv } from "@/lib/env";
import { rebuildCells } from "@/lib/insights/counting/rebuild";
import { progress } from "../demo/progress";
import { runMain } from "../support/fault";
import { startApp } from "./support/app";
import {
  benchmarkedRange,
  compareAll,
  comparisonText,
  peerTimes,
  type Comparison,
} from "./insights/comparison";
import { openDuckDb, type DuckDb } from "./insights/duckdb";
import { runBenchmark, type Bench } from "./support/benchmark";
import { growHistory, HISTORY_DAYS, prepareHistory, vacuum } from "./support/history";
import { readOptions, type Options } from "./insights/options";
import { postgresPeer } from "./insights/peers";
import { triggerCosts, type Cost } from "./insights/sends";
import { duration, spread, table, times } from "./support/table";
import { verdicts, verdictText } from "./insights/verdict";

async function run(options: Options, bench: Bench): Promise<void> {
  const duckdb = options.without.has("duckdb") ? undefined : await openDuckDbIfPossible(bench);
  const comparisons = await compareSizes(options, bench, duckdb);
  const costs = options.without.has("sends") ? [] : await costsOfSending(bench);
  const found = verdicts(comparisons, costs);
  console.log(`\n${verdictText(found)}`);
  if (options.json) {
    writeFileSync(options.json, JSON.stringify({ comparisons, costs, targets: found }, null, 2));
    progress(`The figures are in ${options.json}.`);
  }
}

async function openDuckDbIfPossible({ folder, atEnd }: Bench): Promise<DuckDb | undefined> {
  const opened = await openDuckDb(folder, progress);
  if ("missing" in opened) {
    console.log(`Without DuckDB: ${opened.missing}`);
    return undefined;
  }
  atEnd(opened.close);
  console.log(opened.description);
  return opened;
}

async function compareSizes(
  { sizes, without }: Options,
  { client, configuration, atEnd }: Bench,
  duckdb: DuckDb | undefined,
): Promise<Comparison[]> {
  // One moment for all of it, so that each size is of the same 90 days, and what is mature does not change between answers.
  const until = now();
  setClock(() => until);
  const app = without.has("http") ? undefined : await startApp(configuration, progress);
  if (app) atEnd(app.stop);
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

async function costsOfSending({ client, configuration }: Bench): Promise<Cost[]> {
  // As in a server that people send through.
  await client.query("ALTER SYSTEM RESET autovacuum");
  await client.query("SELECT pg_reload_conf()");
  await client.query("SET session_replication_role = DEFAULT");
  const configure = (twilioOrigin: string) => setEnv({ ...configuration, TWILIO_API_ORIGIN: twilioOrigin });
  const costs = await triggerCosts(client, configuration.DATABASE_URL, configure, progress);
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

/** Before anything is opened: a wrong option is told at once. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  await runBenchmark((bench) => run(options, bench));
}

runMain(main);
