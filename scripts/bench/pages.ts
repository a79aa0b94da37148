/**
 * `npm run bench:pages`: how long the server takes for each page of the dashboard, on an empty database, on a few messages to every
 * destination, and on 5 million of them, in one run.
 *
 * `-- --messages 1000000` for another size. For what a browser makes of the pages there is `npm run bench:lighthouse`.
 */
import { parseArgs } from "node:util";
import { now } from "@/lib/clock";
import { rebuildCells } from "@/lib/insights/counting/rebuild";
import { progress } from "../demo/progress";
import { Fault, runMain } from "../support/fault";
import { startApp } from "./support/app";
import { runBenchmark, type Bench } from "./support/benchmark";
import { growHistory, HISTORY_DAYS, prepareHistory, vacuum } from "./support/history";
import { timesOf, type Times } from "./support/measure";
import { duration, spread, table, times } from "./support/table";

/** Enough for every destination to have a row of each panel. */
const FEW_MESSAGES = 20_000;

/** Each page is asked for so often, in rounds in which all pages take their turns. */
const ROUNDS = 5;
const REPETITIONS = 8;

/** The country whose page is asked for; the sample world's largest are in every history. */
const COUNTRY = "ID";

interface Page {
  name: string;
  path: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { messages: { type: "string", default: "5000000" } } });
  const many = Number(values.messages);
  if (!(many > FEW_MESSAGES && many % 1_000 === 0)) {
    throw new Fault(
      `--messages must be a multiple of 1,000 above ${FEW_MESSAGES.toLocaleString("en")}, as 5000000.`,
    );
  }
  await runBenchmark((bench) => run(many, bench));
}

async function run(many: number, { client, configuration, atEnd }: Bench): Promise<void> {
  const app = await startApp(configuration, progress);
  atEnd(app.stop);
  const until = now();
  await prepareHistory(client);
  const sizes = [0, FEW_MESSAGES, many];
  const measured: Record<string, Measured>[] = [];
  let made = 0;
  for (const messages of sizes) {
    if (messages > 0) {
      progress(`making ${messages.toLocaleString("en")} messages over ${HISTORY_DAYS} days`);
      await growHistory(client, { from: made, to: messages, until }, progress);
      made = messages;
      await rebuildCells(progress);
      progress("vacuum, analyze");
    }
    await vacuum(client);
    progress(`asking for the pages with ${messages.toLocaleString("en")} messages`);
    measured.push(await measurePages(app.origin, await pages(client)));
  }
  console.log(`\n${WORDS}`);
  for (const part of ["first", "whole"] as const) console.log(`\n${report(part, sizes, measured)}`);
}

const WORDS = `Of each page the median of ${ROUNDS * REPETITIONS}, in one run of one app. "First byte" is how long the server thinks before it begins to answer,
as browsers and Lighthouse count server time. "Whole page" is until the last panel has come; an empty database has one that says so
in place of all panels, so what all panels take is told by the few messages, which fill the same rows as millions.`;

/** The pages there are: one message's page needs a message. */
async function pages(client: Bench["client"]): Promise<Page[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM message WHERE confirmed_at IS NOT NULL ORDER BY requested_at DESC LIMIT 1",
  );
  return [
    { name: "Overview", path: "/" },
    { name: "Overview, 90 days", path: "/?range=90d" },
    { name: "Destination", path: `/destinations/${COUNTRY}` },
    { name: "Messages", path: "/messages" },
    ...(rows[0] ? [{ name: "One message", path: `/messages/${rows[0].id}` }] : []),
    { name: "Feedback", path: "/feedback" },
  ];
}

interface Measured {
  first: Times;
  whole: Times;
}

/** In rounds, so that what slows the machine for a while slows all pages. */
async function measurePages(origin: string, asked: readonly Page[]): Promise<Record<string, Measured>> {
  const pages = asked.map((page) => ({ ...page, taken: [] as Taken[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { path, taken } of pages) {
      // The first is not its own: it finds in the caches what another page left.
      await ask(`${origin}${path}`);
      for (let i = 0; i < REPETITIONS; i += 1) taken.push(await ask(`${origin}${path}`));
    }
  }
  return Object.fromEntries(
    pages.map(({ name, taken }) => [
      name,
      { first: timesOf(taken.map(({ first }) => first)), whole: timesOf(taken.map(({ whole }) => whole)) },
    ]),
  );
}

/** In milliseconds. */
interface Taken {
  first: number;
  whole: number;
}

async function ask(address: string): Promise<Taken> {
  const start = performance.now();
  const response = await fetch(address);
  const first = performance.now() - start;
  await response.text();
  if (!response.ok) throw new Fault(`${address} answers ${response.status}.`);
  return { first, whole: performance.now() - start };
}

const PARTS = { first: "First byte", whole: "Whole page" } as const;

function report(
  part: keyof Measured,
  sizes: readonly number[],
  measured: readonly Record<string, Measured>[],
): string {
  const [empty = {}, few = {}, many = {}] = measured;
  const ratio = (page: Measured, before: Measured | undefined) =>
    before ? times(page[part].median / before[part].median) : "–";
  const rows = Object.entries(many).map(([name, page]) => [
    name,
    ...measured.map((pages) => (pages[name] ? duration(pages[name][part].median) : "–")),
    spread(page[part]),
    ratio(page, empty[name]),
    ratio(page, few[name]),
  ]);
  const [, fewer = "", most = ""] = sizes.map((size) => size.toLocaleString("en"));
  return table([[PARTS[part], "empty", fewer, most, "p10 – p90", "÷ empty", `÷ ${fewer}`], ...rows]);
}

runMain(main);
