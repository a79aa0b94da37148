/** Times of repeated work, in milliseconds. */
import { namesOf, tableOf } from "@/lib/terms/names";

export interface Times {
  median: number;
  /** The tenth and the ninetieth of a hundred; of fewer than ten, the least and the most. */
  low: number;
  high: number;
  repetitions: number;
}

/** Something to be timed. */
export interface Subject {
  run: () => Promise<unknown>;
  /** How often in each round. */
  repetitions: number;
}

/**
 * Times subjects in rounds, all of them in each, so that what slows the machine for a while slows all of them. In each round a quick
 * subject runs once untimed first: what another left in the caches is not its own. To a slow one that makes no difference.
 */
export async function timeInRounds<Name extends string>(
  subjects: Record<Name, Subject>,
  rounds: number,
): Promise<Record<Name, Times>> {
  const names = namesOf(subjects);
  const taken = tableOf(names, (): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const { run, repetitions } = subjects[name];
      if (repetitions > 1) await run();
      for (let i = 0; i < repetitions; i += 1) taken[name].push(await timed(run));
    }
  }
  return tableOf(names, (name) => timesOf(taken[name]));
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function timesOf(durations: readonly number[]): Times {
  const sorted = [...durations].sort((one, other) => one - other);
  const at = (share: number) => {
    const rank = share * (sorted.length - 1);
    const [below = NaN, above = below] = sorted.slice(Math.floor(rank), Math.floor(rank) + 2);
    return below + (above - below) * (rank % 1);
  };
  const [low, high] = sorted.length < 10 ? [0, 1] : [0.1, 0.9];
  return { median: at(0.5), low: at(low), high: at(high), repetitions: sorted.length };
}
