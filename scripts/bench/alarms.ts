/**
 * `npm run bench:alarms`: how often the detector of conversion drops finds one where only chance is at work, and after how many messages it finds
 * one that is there; as it was until 26 November 2026, and as it is.
 *
 * Everything is drawn from seeds, in this process: the same figures each time. `-- --seeds 20` for fewer of them.
 */
import { parseArgs } from "node:util";
import type { History } from "@/lib/insights/statistics/counted";
import { findDrops, type Drop } from "@/lib/insights/statistics/drops";
import { QUARTER } from "@/lib/terms/durations";
import { Fault, runMain } from "../support/fault";
import { findDropsAsBefore } from "./alarms/old-rule";
import { historyOf, QUARTERS_A_DAY, randomOf } from "./alarms/world";
import { table } from "./support/table";

type Rule = (history: History, from: number, last: Drop | null) => Drop[];

const RULES: [name: string, rule: Rule][] = [
  ["before", findDropsAsBefore],
  ["now", findDrops],
];

const MESSAGES_AN_HOUR = [1, 5, 20, 100, 400];

/** Nobody asks twice; and half of those whose message did not come ask again. */
const RESENDING = [0, 0.5];

const USUAL = 0.88;
const FALLEN = [0.61, 0.68];

const QUIET_DAYS = 90;

/** A fall comes when the fortnight before is known, and is looked for over a week. */
const FALLS_ON = 16;
const LASTS_DAYS = 7;

function main(): void {
  const { values } = parseArgs({ options: { seeds: { type: "string", default: "200" } } });
  const seeds = Number(values.seeds);
  if (!(Number.isInteger(seeds) && seeds >= 1 && seeds <= 1_000))
    throw new Fault("--seeds must be a whole number from 1 to 1000.");
  console.log(
    `\nFalse findings a destination and year, over ${seeds} seeds of ${QUIET_DAYS} days at ${percent(USUAL)}:\n`,
  );
  console.log(
    table([["messages an hour", "of them asked for again", "before", "now"], ...falseFindings(seeds)]),
  );
  for (const fallen of FALLEN) {
    console.log(
      `\nMessages from a fall from ${percent(USUAL)} to ${percent(fallen)}, all of them "delivered", until it is found: the median, the 90th percentile, and how many of ${seeds} falls are found within ${LASTS_DAYS} days:\n`,
    );
    console.log(
      table([
        ["messages an hour", "of them asked for again", "before", "", "", "now", "", ""],
        ...delays(seeds, fallen),
      ]),
    );
  }
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}

function kinds(): { messagesAnHour: number; resending: number; words: string[] }[] {
  return RESENDING.flatMap((resending) =>
    MESSAGES_AN_HOUR.map((messagesAnHour) => ({
      messagesAnHour,
      resending,
      words: [String(messagesAnHour), resending === 0 ? "none" : "half, if unanswered"],
    })),
  );
}

function falseFindings(seeds: number): string[][] {
  return kinds().map(({ messagesAnHour, resending, words }) => {
    const found = RULES.map(() => 0);
    for (let seed = 1; seed <= seeds; seed += 1) {
      const history = historyOf({
        days: QUIET_DAYS,
        seed,
        messagesAnHour,
        resending,
        conversionAt: () => USUAL,
      });
      RULES.forEach(([, rule], i) => (found[i] = (found[i] ?? 0) + rule(history, 0, null).length));
    }
    const years = (seeds * QUIET_DAYS) / 365;
    return [...words, ...found.map((n) => (n / years).toFixed(2))];
  });
}

function delays(seeds: number, fallen: number): string[][] {
  return kinds().map(({ messagesAnHour, resending, words }) => {
    const messages = RULES.map((): number[] => []);
    for (let seed = 1; seed <= seeds; seed += 1) {
      const falls = FALLS_ON * QUARTERS_A_DAY + Math.floor(randomOf(seed)() * QUARTERS_A_DAY);
      const days = FALLS_ON + 1 + LASTS_DAYS;
      const history = historyOf({
        days,
        seed,
        messagesAnHour,
        resending,
        conversionAt: (quarter) => (quarter < falls ? USUAL : fallen),
      });
      RULES.forEach(([, rule], i) => {
        const found = rule(history, falls, null)[0];
        if (found) messages[i]?.push(sentBetween(history, falls, quarterOf(history, found.openedAt)));
      });
    }
    return [
      ...words,
      ...messages.flatMap((found) => {
        const sorted = [...found].sort((a, b) => a - b);
        const at = (part: number) => sorted[Math.floor(part * sorted.length)];
        return [String(at(0.5) ?? "–"), String(at(0.9) ?? "–"), String(sorted.length)];
      }),
    ];
  });
}

function quarterOf({ start }: History, moment: Date): number {
  return (moment.getTime() - start.getTime()) / QUARTER;
}

function sentBetween({ attempted }: History, from: number, to: number): number {
  return attempted.subarray(from, to).reduce((sum, n) => sum + n, 0);
}

runMain(() => Promise.resolve().then(main));
