/**
 * The one statement behind every report: counts, latencies and details of stretches of time, from cells ∪ deltas.
 *
 * All of it is one statement, so all of it is of one moment: what is read twice could come from a delta and again from the cell
 * that it was folded into, or from neither.
 */
import { join, sql } from "../../db";
import { addCounts } from "../counting/counts";
import { matureUntil } from "../counting/maturity";
import { addLatencies, addMeasured, addSpent, addTo, nothingMeasured, type Measured } from "./measured";
import type { Question } from "./question";
import { read } from "./read";
import { answerTo, type Answer, type Key } from "./statement";
import { inTurns } from "../../turn";

/** What was found of one group of a question's. */
export interface Tally extends Omit<Key, "mature"> {
  all: Measured;
  /** The part in mature quarter-hours: no confirmation in time can come to these any more. */
  mature: Measured;
}

/** A tally with what its question tells apart. */
export type TallyOf<Asked extends Question> = Tally &
  (Asked extends { by: readonly ["country", ...unknown[]] } ? { country: string } : unknown) &
  (Asked extends { by: readonly ["action"] } ? { action: string } : unknown) &
  (Asked extends { buckets: object } ? { bucket: number } : unknown);

/** Answers a question; a group without anything in it has no tally. */
export async function ask<const Asked extends Question>(question: Asked): Promise<TallyOf<Asked>[]> {
  const [found] = await askTogether<[Asked]>([question]);
  return found;
}

type Answers<Questions extends readonly Question[]> = {
  -readonly [I in keyof Questions]: TallyOf<Questions[I]>[];
};

/** Answers several questions, all of the same moment: in one statement. */
export async function askTogether<const Questions extends readonly Question[]>(
  questions: Questions,
): Promise<Answers<Questions>> {
  const cut = matureUntil();
  const queries = questions.map((question) => sql`(${answerTo(question, cut)})`);
  const [{ answers }] = await read<[{ answers: Answer[] }]>`
    select json_build_array(${join(queries)}) as answers`;
  const found: Tally[][] = [];
  for (const each of answers) found.push(await assemble(each));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is one answer for each question, told apart as asked
  return found as Answers<Questions>;
}

/** Put together in pieces: a series has thousands of rows. */
async function assemble({ counts, latencies, details }: Answer): Promise<Tally[]> {
  const latenciesKept = latencies !== null;
  const found = new Map<string, Tally>();
  const measuredOf = (row: Key): [Measured] | [Measured, Measured] => {
    const { period, bucket, country, network, action, sender, channel, locale } = row;
    const id = [period, bucket, country, network, action, sender, channel, locale].join("\n");
    let tally = found.get(id);
    if (!tally) {
      tally = {
        period,
        bucket,
        country,
        network,
        action,
        sender,
        channel,
        locale,
        all: nothingMeasured(latenciesKept),
        mature: nothingMeasured(latenciesKept),
      };
      found.set(id, tally);
    }
    return row.mature ? [tally.all, tally.mature] : [tally.all];
  };
  await inTurns(counts, (row) => {
    const { usdPriced: priced = 0, usdAmount: amount = 0, usdConfirmedAmount: confirmedAmount = 0 } = row;
    for (const measured of measuredOf(row)) {
      addCounts(measured.counts, row);
      if (priced > 0) addSpent(measured, "USD", { priced, amount, confirmedAmount });
    }
  });
  await inTurns(latencies ?? [], (row) => {
    for (const measured of measuredOf(row)) addLatencies(measured, row);
  });
  await inTurns(details ?? [], (row) => {
    for (const measured of measuredOf(row)) {
      if (row.kind === "spend") addSpent(measured, row.key, { ...row, priced: row.n });
      else addTo(row.kind === "error" ? measured.errors : measured.refusals, row.key, row.n);
    }
  });
  return [...found.values()];
}

/** What several tallies have together. */
export function totalOf(tallies: readonly Tally[]): Pick<Tally, "all" | "mature"> {
  const latenciesKept = tallies.every(({ all }) => all.latencies !== null);
  const total = { all: nothingMeasured(latenciesKept), mature: nothingMeasured(latenciesKept) };
  for (const { all, mature } of tallies) {
    addMeasured(total.all, all);
    addMeasured(total.mature, mature);
  }
  return total;
}
