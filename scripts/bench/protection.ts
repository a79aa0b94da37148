/**
 * `npm run bench:protection`: attacks and honest crowds through the real API, on a set clock, amid people whose fortnight before is known: how
 * many messages an attack gets and what they cost, who else is refused, and what is raised when.
 *
 * `-- --scenario one-block` for one of them, `--seed 7` for other people, `--out json` for figures alone. `--rules enforce` has all rules
 * enforced, `monitor` and `off` the like; without it they do what they come with. `-- --search 10000` looks among so
 * many attacks for the one that comes nearest to the stated bound, by a model of the rules. `-- --cost` has starts with the decision and without it
 * instead, in alternating rounds.
 */
import { parseArgs } from "node:util";
import { Client } from "pg";
import type { RuleMode } from "@/lib/terms/rules";
import { progress } from "../demo/progress";
import { Fault, runMain } from "../support/fault";
import { measureCost, type Cost } from "./protection/cost";
import { figuresOf, readRaised, type Figures } from "./protection/figures";
import { prepareDatabases } from "./protection/history";
import { play } from "./protection/play";
import type { Scenario } from "./protection/programme";
import { attacksText, costText, detailText, honestText, searchText, verdictText } from "./protection/report";
import { modeNamed, setRules } from "./protection/rules";
import { scenariosNamed } from "./protection/scenarios";
import { searchWorst } from "./protection/search";
import { spendBy } from "./protection/spend";
import { openStage } from "./protection/stage";
import { runBenchmark, type Bench } from "./support/benchmark";

/** Progress is told at each of so many parts of a scenario. */
const PARTS = 4;

interface Options {
  seed: string;
  /** Of all rules; none where they do what they come with. */
  mode?: RuleMode;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scenario: { type: "string" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: "text" },
      rules: { type: "string" },
      search: { type: "string" },
      cost: { type: "boolean", default: false },
    },
  });
  const { seed, out } = values;
  if (!["text", "json"].includes(out)) throw new Fault("--out must be text or json.");
  if (values.search !== undefined) {
    search(Number(values.search), seed);
    return;
  }
  const mode = modeNamed(values.rules);
  if (values.cost) await runBenchmark((bench) => runCost(bench, { seed, mode }), POSTGRES);
  const scenarios = scenariosNamed(values.scenario);
  await runBenchmark(async (bench) => {
    const all = await run(bench, scenarios, { seed, mode });
    const texts = [attacksText(all), honestText(all), detailText(all), verdictText(all)];
    console.log(out === "json" ? JSON.stringify(all) : `\n${texts.filter(Boolean).join("\n\n")}`);
  }, POSTGRES);
}

const POSTGRES = { settings: { autovacuum: "on", synchronous_commit: "off" } };

/** As many starts at once as one asker makes, and as many as an app's connections. */
const AT_ONCE = [1, 16];

async function runCost({ configuration, client: admin }: Bench, { seed, mode }: Options): Promise<void> {
  progress("writing a fortnight of ordinary traffic");
  const { clone } = await prepareDatabases(configuration, admin, seed);
  const url = await clone("cost");
  const stage = await openStage(configuration, url);
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await stage.work();
    // Of one network there are more starts than it may have unanswered: what would refuse them watches, and works as much.
    await setRules(stage, mode ?? "monitor");
    const costs: Cost[] = [];
    for (const atOnce of AT_ONCE) {
      costs.push(
        await measureCost(stage, client, atOnce, (round) => progress(`${atOnce} at once: round ${round}`)),
      );
    }
    console.log(`\n${costText(costs)}`);
  } finally {
    await client.end();
    await stage.close();
  }
}

function search(programmes: number, seed: string): void {
  if (!(Number.isInteger(programmes) && programmes >= 1))
    throw new Fault("--search must be a whole number from 1 on.");
  console.log(searchText(searchWorst(spendBy(seed), programmes, seed)));
}

async function run(
  bench: Bench,
  scenarios: readonly [name: string, scenario: Scenario][],
  options: Options,
): Promise<Figures[]> {
  progress("writing a fortnight of ordinary traffic");
  const { messages, clone } = await prepareDatabases(bench.configuration, bench.client, options.seed);
  progress(`${messages.toLocaleString("en")} messages are written and counted`);
  const all: Figures[] = [];
  for (const [name, scenario] of scenarios)
    all.push(await runOne(bench, name, scenario, options, await clone(name)));
  return all;
}

async function runOne(
  { configuration }: Bench,
  name: string,
  scenario: Scenario,
  { seed, mode }: Options,
  url: string,
): Promise<Figures> {
  const programme = scenario.programme(seed);
  progress(`${name}: ${scenario.about}`);
  const stage = await openStage(configuration, url);
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    if (mode) await setRules(stage, mode);
    let told = 0;
    const course = await play(stage, programme, (share) => {
      if (share < (told + 1) / PARTS) return;
      told = Math.floor(share * PARTS);
      progress(`${name}: ${Math.round(100 * share)} %`);
    });
    await tellRules(client);
    return figuresOf({ name, ...scenario }, programme, course, await readRaised(client));
  } finally {
    await client.end();
    await stage.close();
  }
}

/** Which rules refused, of which scope, and with which figures the first time. */
async function tellRules(client: Client): Promise<void> {
  const { rows } = await client.query<{
    rule: string;
    scope: string | null;
    times: number;
    first: Record<string, unknown>;
  }>(
    `select f ->> 'rule' as rule, f ->> 'scope' as scope, count(*)::int as times, (array_agg(f order by at))[1] as first
      from decision, jsonb_array_elements(fired) f where verdict = 'refused' and f ->> 'mode' = 'enforce' group by 1, 2 order by 3 desc`,
  );
  for (const { rule, scope, times, first } of rows) {
    const figures = Object.entries(first).filter(([name]) => !["rule", "mode", "scope"].includes(name));
    const words = figures.map(([name, figure]) => `${name} ${String(figure)}`).join(", ");
    progress(`${rule}${scope === null ? "" : ` of ${scope}`} refused ${times} times, first with ${words}`);
  }
}

runMain(main);
