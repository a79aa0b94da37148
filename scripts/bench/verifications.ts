/**
 * `npm run bench:verifications`: a start and a check, through our own server with Twilio's callbacks and the feedback under way, against
 * better-auth's phone number plugin in Next, and against what Next, node:http and the database take by themselves; all in one run, in
 * alternating rounds.
 *
 * `-- --quick` for a glance, `--rounds 5`, `--seconds 3`, `--connections 1,16,64` for others, `--without peer,inside,two,pgbouncer` to leave
 * parts out, `--no-ceiling` without MAX_MESSAGES_PER_HOUR, `--json FILE` for the figures, `--profile FOLDER` for a profile of the app.
 */
import { writeFileSync } from "node:fs";
import { progress } from "../demo/progress";
import { runMain } from "../support/fault";
import { runBenchmark, type Bench } from "./support/benchmark";
import { COUNTING_STATEMENTS } from "./support/statements";
import { checkNothingLost } from "./verifications/aftermath";
import { Readings } from "./verifications/meter";
import { readOptions, type Options } from "./verifications/options";
import { ratios, ratiosText, readingsText, statementsText } from "./verifications/report";
import { sidesOf } from "./verifications/sides";
import { openWorld, type World } from "./verifications/world";

/** At so many connections the targets are meant. */
const COUNTS = 16;

/** As PostgreSQL is without anybody's having set it: vacuumed by itself, and safe against a crash. */
const POSTGRES = {
  settings: { autovacuum: "on" },
  // Each side has a pool of twenty, and there are a dozen of them.
  atStart: { ...COUNTING_STATEMENTS, max_connections: "300" },
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  await runBenchmark((bench) => run(options, bench), POSTGRES);
}

async function run(options: Options, bench: Bench): Promise<void> {
  const world = await openWorld(bench, options, progress);
  console.log(WORDS);
  const readings = await measureAll(world, options);
  const { connections } = options;
  const counts = connections.includes(COUNTS) ? COUNTS : (connections[0] ?? COUNTS);
  for (const each of connections) console.log(`\n${readingsText(readings, each)}`);
  console.log(`\n${statementsText(readings, counts)}`);
  const found = ratios(readings, connections, counts);
  console.log(`\n${ratiosText(found, connections, counts)}`);
  if (options.json) {
    writeFileSync(options.json, JSON.stringify({ options, readings, ratios: found }, null, 2));
    progress(`The figures are in ${options.json}.`);
  }
  progress("looking whether anything was lost");
  for (const app of [world.ours, world.oursBeside, world.oursPooled]) await app?.stop();
  const { starts, bareStarts, approvals, bareApprovals, failed, words } = world.tally;
  const expected = {
    verifications: starts + bareStarts,
    messages: starts,
    confirmed: approvals + bareApprovals,
    failed: Object.values(failed).reduce((sum, each) => sum + each, 0),
    words,
  };
  console.log(`\n${await checkNothingLost(world, expected)}`);
}

async function measureAll(world: World, { rounds, connections }: Options): Promise<Readings> {
  const readings = new Readings();
  const sides = sidesOf(world);
  const counts = connections.includes(COUNTS) ? COUNTS : connections[0];
  progress("a first round, which nobody counts");
  for (const side of sides) await side.run(counts ?? COUNTS, () => undefined);
  for (let round = 1; round <= rounds; round += 1) {
    for (const level of connections) {
      // Whoever is first in one round is last in the next.
      for (const side of round % 2 ? sides : sides.toReversed()) {
        if (side.once && level !== counts) continue;
        progress(`round ${round} of ${rounds}, ${level} at a time: ${side.name}`);
        await side.run(level, (name, reading) => readings.note(name, level, reading));
      }
    }
  }
  return readings;
}

const WORDS = `
Each side makes calls for the same time, so many of them under way at a time as are said, by the same process that asks; what a side has started
it then checks with the right codes. A reading is a round's; told are the medians over the rounds.
- "Ours" is the server as it runs, over HTTP, with its worker, each start to another number and for another address. Twilio is the simulator, which
  delivers within a tenth of a second and tells of each step. "Settled after" is how long after the last answer the last callback was recorded and
  the last feedback reported; statements and processor time are counted until then, those of the background work among them.
- "In process" are the same handlers called without HTTP; "our statements" are what they send to PostgreSQL, and nothing else.
- better-auth sends nothing, keeps no limits, and its numbers belong to users that are there.
- Of the statements each is a round trip: no driver here sends two at once.
`;

runMain(main);
