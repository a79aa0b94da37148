/**
 * Long work in pieces, so that whoever else is waiting gets a turn in between.
 */
import { processState } from "./process-state";

/** Those who wait for a turn: there is one event loop. */
const waiting = processState("turns", (): (() => void)[] => []);

/**
 * Waits until everybody else has had a turn of the event loop. Of those who wait here each gets a turn of its own, so that many long works
 * at once keep others no longer than one does.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

/** A round of the event loop that took longer than this is followed by as long a pause, in milliseconds: long works have half of it at most. */
const LONG_ROUND_MS = 5;

function next(): void {
  const begun = performance.now();
  // It stays in the queue while its piece is done: what it asks for next is behind the others.
  waiting[0]?.();
  setImmediate(() => {
    waiting.shift();
    if (waiting.length === 0) return;
    const took = performance.now() - begun;
    if (took > LONG_ROUND_MS) setTimeout(next, took);
    else next();
  });
}

/** How many of a list are made at once by `inTurns`: a few milliseconds' worth of rows. */
const PIECE = 100;

/** As `map`, a piece at a time. */
export async function inTurns<Item, Made>(
  items: readonly Item[],
  make: (item: Item, index: number) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % PIECE === 0) await turn();
    made.push(make(item, index));
  }
  return made;
}
