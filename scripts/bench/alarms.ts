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
import { historyOf, QUARTERS_A_DAY, randomOf, type World } from "./alarms/world";
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
const FALLEN = [0.61, 0.68] as const;

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
  console.log(
    `\nDestinations of four networks, of which one falls from ${percent(USUAL)} to ${percent(FALLEN[0])} while the others do not: findings of networks by chance, a destination and year; and messages of that network until it is found, the median, the 90th percentile, how many of ${seeds} are found within ${LASTS_DAYS} days, and how many times another one was blamed:\n`,
  );
  console.log(
    table([
      ["messages an hour", "by chance", "its share", "its messages", "", "found", "others blamed"],
      ...ofNetworks(seeds),
    ]),
  );
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
    return [...words, ...messages.flatMap(spread)];
  });
}

/** Of a destination's messages; one of the second falls, one of the last. */
const SHARES = [0.4, 0.3, 0.2, 0.1];
const FALLING = [1, 3];

function ofNetworks(seeds: number): string[][] {
  return MESSAGES_AN_HOUR.filter((n) => n > 1).flatMap((messagesAnHour) => {
    const networks = (days: number, seed: number, conversionOf: (network: number) => World["conversionAt"]) =>
      SHARES.map((share, network) =>
        historyOf({
          days,
          seed: seed * SHARES.length + network,
          messagesAnHour: share * messagesAnHour,
          resending: 0,
          conversionAt: conversionOf(network),
        }),
      );
    const foundIn = (histories: History[], from: number) =>
      histories.map((history) => findDrops(history, from, null, () => withoutOne(history, histories)));
    let byChance = 0;
    for (let seed = 1; seed <= seeds; seed += 1)
      byChance += foundIn(
        networks(QUIET_DAYS, seed, () => () => USUAL),
        0,
      ).flat().length;
    const years = (seeds * QUIET_DAYS) / 365;
    return FALLING.map((falling) => {
      const messages: number[] = [];
      let blamed = 0;
      for (let seed = 1; seed <= seeds; seed += 1) {
        const falls = FALLS_ON * QUARTERS_A_DAY + Math.floor(randomOf(seed)() * QUARTERS_A_DAY);
        const histories = networks(
          FALLS_ON + 1 + LASTS_DAYS,
          seed,
          (network) => (quarter) => (network === falling && quarter >= falls ? FALLEN[0] : USUAL),
        );
        foundIn(histories, falls).forEach(([drop], network) => {
          const history = histories[network];
          if (!drop || !history) return;
          if (network === falling)
            messages.push(sentBetween(history, falls, quarterOf(history, drop.openedAt)));
          else blamed += 1;
        });
      }
      const share = percent(SHARES[falling] ?? 0);
      const chance = (byChance / years).toFixed(2);
      return [String(messagesAnHour), chance, share, ...spread(messages), String(blamed)];
    });
  });
}

function withoutOne(one: History, all: readonly History[]): History {
  const rest = (of: (history: History) => Int32Array) =>
    of(one).map((_, i) => all.reduce((sum, each) => (each === one ? sum : sum + (of(each)[i] ?? 0)), 0));
  return { start: one.start, attempted: rest((h) => h.attempted), confirmed: rest((h) => h.confirmed) };
}

/** The median, the 90th percentile, and how many there are. */
function spread(found: readonly number[]): string[] {
  const sorted = [...found].sort((a, b) => a - b);
  const at = (part: number) => String(sorted[Math.floor(part * sorted.length)] ?? "–");
  return [at(0.5), at(0.9), String(sorted.length)];
}

function quarterOf({ start }: History, moment: Date): number {
  return (moment.getTime() - start.getTime()) / QUARTER;
}

function sentBetween({ attempted }: History, from: number, to: number): number {
  return attempted.subarray(from, to).reduce((sum, n) => sum + n, 0);
}

runMain(() => Promise.resolve().then(main));
