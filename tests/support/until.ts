/** The one way in which tests wait: for a state that comes, and never for a time that passes. */
import { setTimeout as sleep } from "node:timers/promises";

type Seen<T> = T | undefined | null | false;

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

/** Longer than anything takes on a busy machine, and shorter than the tests' own limits, which could not say for what. */
const GIVE_UP_AFTER_MS = 280_000;

/**
 * Looks again and again until there is something to see.
 *
 * @returns what was seen.
 * @throws {Error} with the source of `look`, when nothing ever is.
 */
export async function until<T>(look: () => Seen<T> | Promise<Seen<T>>): Promise<T> {
  const giveUp = performance.now() + GIVE_UP_AFTER_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (performance.now() > giveUp) throw new Error(`Waited in vain until ${look.toString()}`);
    await sleep(pause);
  }
}
