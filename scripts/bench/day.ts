/**
 * `npm run bench:day`: a day of a million verifications as quickly as the machine does them, in a daily curve: people who type the right code, a
 * wrong one first, ask for another message, come late or not at all; callbacks, some of them late, twice or in another order; feedback.
 *
 * `-- --verifications 20000` for a smaller day, `--people 48` for another number of people at a time at its busiest hour,
 * `--without late` for a day that does not wait for those who are late.
 */
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { busyness } from "@/demo/world/rhythm";
import { HOUR } from "@/lib/terms/durations";
import { progress } from "../demo/progress";
import { Fault, runMain } from "../support/fault";
import { CALL_NAMES, Done } from "./day/course";
import { callsText, growthText, memoryText, vacuumText, verdictText, type Hour } from "./day/report";
import { childOf, stateOf } from "./day/state";
import { startApp, startWorker } from "./support/app";
import { runBenchmark, type Bench } from "./support/benchmark";
import { startChild } from "./support/child";
import { checkNothingLost } from "./verifications/aftermath";
import { settled } from "./verifications/settled";

interface Options {
  verifications: number;
  people: number;
  /** Whether some come late. */
  late: boolean;
}

/** Of a code, in seconds. Whoever is late has to be waited for, and in its last two minutes nobody is sent another message. */
const LIFETIME = 180;

/** What is not a day's length is as in production. */
const SETTINGS = {
  // People who ask for another message have waited half a minute, which the day has not.
  RESEND_AFTER_SECONDS: "0",
  MAX_MESSAGES_PER_HOUR: "10000000",
  LOG_LEVEL: "info",
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      verifications: { type: "string", default: "1000000" },
      people: { type: "string", default: "32" },
      without: { type: "string", default: "" },
    },
  });
  const verifications = Number(values.verifications);
  const people = Number(values.people);
  if (!(verifications >= 100 && verifications <= 10_000_000))
    throw new Fault("--verifications must be from 100 to 10000000.");
  if (!(people >= 1 && people <= 256)) throw new Fault("--people must be from 1 to 256.");
  if (!["", "late"].includes(values.without)) throw new Fault("--without must be late.");
  await runBenchmark((bench) => run({ verifications, people, late: values.without === "" }, bench), {
    settings: { autovacuum: "on" },
  });
}

async function run(options: Options, { client, configuration, atEnd }: Bench): Promise<void> {
  const twilio = await startChild("scripts/bench/verifications/processes/twilio.ts");
  atEnd(twilio.stop);
  const people = await startChild("scripts/bench/day/people.ts");
  atEnd(people.stop);
  const key = randomBytes(24).toString("hex");
  const environment = {
    ...configuration,
    ...SETTINGS,
    CODE_TTL_SECONDS: String(LIFETIME),
    API_KEYS: key,
    TWILIO_API_ORIGIN: twilio.origin,
  };
  const app = await startApp(environment, progress);
  atEnd(app.stop);
  const worker = await startWorker({ ...environment, PUBLIC_BASE_URL: app.origin });
  atEnd(worker.stop);
  await twilio.ask({ what: "be unreliable" }, z.null());
  const codes = await twilio.ask({ what: "show codes" }, z.string());
  const headers = { Authorization: `Bearer ${key}` };
  await people.ask(
    { what: "begin", app: app.origin, codes, headers, lifetime: 1000 * LIFETIME, late: options.late },
    z.null(),
  );

  const processes = { app: app.pid, "its pages": childOf(app.pid), worker: worker.pid };
  const before = await stateOf(client, processes);
  const hours: Hour[] = [];
  for (const { hour, comers, atATime } of dayOf(options)) {
    const done = await people.ask({ what: "come", people: comers, atATime }, Done);
    hours.push({ hour, people: comers, done, state: await stateOf(client, processes) });
    const count = hours.reduce((sum, each) => sum + each.people, 0);
    progress(
      `${String(hour).padStart(2, "0")}:00, ${atATime} at a time: ${(comers / done.seconds).toFixed(0)} a second; ${count.toLocaleString("en")} so far`,
    );
  }
  progress("those who are late, and all that follows");
  const late = await people.ask({ what: "come late" }, Done);
  await settled({ twilio, client });
  console.log(
    `\n${callsText(hours)}\n\n${memoryText(hours)}\n\n${growthText(before, hours)}\n\n${vacuumText(hours)}`,
  );
  console.log(`\n${verdictText(hours)}`);

  progress("looking whether anything was lost");
  await app.stop();
  await worker.stop();
  const all = [...hours.map(({ done }) => done), late];
  const sum = (figure: (done: Done) => number) => all.reduce((total, done) => total + figure(done), 0);
  const lost = await checkNothingLost(
    { client, twilio },
    {
      verifications: options.verifications,
      messages: sum(({ messages }) => messages),
      confirmed: sum(({ confirmed }) => confirmed),
      failed: sum(({ failed }) => failed),
      words: all.flatMap(({ words }) => words).slice(0, 5),
    },
  );
  const counted = CALL_NAMES.map((name) => `${sum(({ times }) => times[name].length)} × ${name}`);
  console.log(`\nCalls: ${counted.join(", ")}.\n${lost}`);
}

/** Who comes in each hour, and how many at a time, as busy as the hour is. */
function dayOf({ verifications, people }: Options): { hour: number; comers: number; atATime: number }[] {
  // A Wednesday.
  const day = Date.UTC(2026, 10, 25);
  const busy = Array.from({ length: 24 }, (_, hour) => busyness("UTC", day + (hour + 0.5) * HOUR));
  const whole = busy.reduce((sum, each) => sum + each, 0);
  const most = Math.max(...busy);
  let passed = 0;
  let come = 0;
  return busy.map((each, hour) => {
    passed += each;
    const comers = Math.round((passed / whole) * verifications) - come;
    come += comers;
    return { hour, comers, atATime: Math.max(1, Math.round((each / most) * people)) };
  });
}

runMain(main);
