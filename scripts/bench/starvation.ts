/**
 * `npm run bench:starvation`: how long each report takes under each filter at 200,000 messages, and what becomes of sign-ins while fifty slow
 * reports a second are asked for.
 *
 * `-- --messages 100000` for another size, `-- --seconds 10` for a shorter siege, `-- --without table` or `siege` for one of the two.
 */
import { parseArgs } from "node:util";
import { randomBytes } from "node:crypto";
import { now } from "@/lib/clock";
import { rebuildCells } from "@/lib/insights/counting/rebuild";
import { createSimulator } from "@/simulator/server";
import { progress } from "../demo/progress";
import { Fault, runMain } from "../support/fault";
import { reportTable } from "./starvation/report-table";
import { siegeTable } from "./starvation/siege";
import { startApp } from "./support/app";
import { runBenchmark, type Bench } from "./support/benchmark";
import { growHistory, HISTORY_DAYS, prepareHistory, vacuum } from "./support/history";

interface Options {
  messages: number;
  seconds: number;
  without: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "200000" },
      seconds: { type: "string", default: "30" },
      without: { type: "string", default: "" },
    },
  });
  const [messages, seconds] = [Number(values.messages), Number(values.seconds)];
  if (!(messages > 0 && messages % 1_000 === 0))
    throw new Fault("--messages must be a multiple of 1,000, as 200000.");
  if (!(seconds >= 5 && seconds <= 120)) throw new Fault("--seconds must be from 5 to 120.");
  if (!["", "table", "siege"].includes(values.without)) throw new Fault("--without must be table or siege.");
  await runBenchmark((bench) => run({ messages, seconds, without: values.without }, bench));
}

async function run({ messages, seconds, without }: Options, bench: Bench): Promise<void> {
  const { client, configuration, atEnd } = bench;
  progress(`making ${messages.toLocaleString("en")} messages over ${HISTORY_DAYS} days`);
  await prepareHistory(client);
  await growHistory(client, { from: 0, to: messages, until: now() }, progress);
  await rebuildCells(progress);
  await client.query("SET session_replication_role = origin");
  await vacuum(client);

  // A network without delays, and no callbacks, which would come whenever they like: what is measured is ours.
  const simulator = createSimulator({ pace: 0.001 });
  simulator.setFaults({ callbackLost: 1 });
  const twilio = await simulator.listen(0);
  atEnd(() => simulator.close());
  const key = randomBytes(24).toString("hex");
  const app = await startApp({ ...configuration, API_KEYS: key, TWILIO_API_ORIGIN: twilio }, progress);
  atEnd(app.stop);
  const target = { origin: app.origin, key, codeFor: (to: string) => codeIn(simulator.handset(to)[0]?.body) };
  if (without !== "table") console.log(`\n${await reportTable(client, target, progress)}`);
  if (without !== "siege") console.log(`\n${await siegeTable(target, seconds, progress)}`);
}

function codeIn(body: string | undefined): string | undefined {
  return body && /\b\d{6}\b/.exec(body)?.[0];
}

runMain(main);
