/**
 * The same report asked for by many at the same time is made once. Whoever asks while it is being made gets the next one, and so does
 * everybody else who asks meanwhile: nobody is told of a moment before they asked, and however many ask, one at a time is made.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { processState } from "../../process-state";
import { ClientGone, servedRequest, whileServing } from "../../served";

/** An answer that several wait for. */
interface Shared {
  start: () => void;
  answer: Promise<unknown>;
  /** How many wait for it; when none does any more it is given up. */
  readers: number;
  gone: AbortController;
}

/** What has been begun, and what is to be begun after it. */
interface Making {
  next: Shared | null;
}

const makings = processState("making", () => new Map<string, Making>());

/** What takes longer than this rests as long before it is made again, so that it has half of a processor at most. In milliseconds. */
const LONG_MS = 250;

/**
 * Does a report's work, once for all who ask for it at the same time; it is given up when all of them have gone.
 *
 * @param key of what is asked for, with everything that makes the answer another one
 * @param work what it makes is read by many, and changed by nobody
 * @throws {ClientGone} when the client goes before there is an answer
 */
export async function together<T>(key: string, work: () => Promise<T>): Promise<T> {
  if (servedRequest()?.signal.aborted) throw new ClientGone();
  const making = makings.get(key);
  const joined = making ? (making.next ??= share(work)) : share(work);
  if (!making) void makeInTurn(key, joined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key stands for one kind of answer
  return (await waitFor(joined, key)) as T;
}

function share(work: () => Promise<unknown>): Shared {
  const gone = new AbortController();
  const served = { signal: gone.signal, from: servedRequest()?.from ?? "" };
  let start = (): void => undefined;
  const answer = new Promise<void>((resolve) => (start = resolve)).then(() => whileServing(served, work));
  // Each who waits hears of a fault; when nobody does any more, nobody needs to.
  answer.catch(() => undefined);
  return { start, answer, readers: 0, gone };
}

async function makeInTurn(key: string, first: Shared): Promise<void> {
  const making: Making = { next: null };
  makings.set(key, making);
  for (let current: Shared | null = first; current; current = making.next) {
    if (current === making.next) making.next = null;
    const begun = performance.now();
    current.start();
    await current.answer.catch(() => undefined);
    const took = performance.now() - begun;
    if (making.next && took > LONG_MS) await sleep(took);
  }
  makings.delete(key);
}

async function waitFor(joined: Shared, key: string): Promise<unknown> {
  const signal = servedRequest()?.signal;
  joined.readers += 1;
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new ClientGone());
    signal?.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([joined.answer, left]);
  } finally {
    if (leave) signal?.removeEventListener("abort", leave);
    joined.readers -= 1;
    if (joined.readers === 0) abandon(joined, key);
  }
}

/** What has been answered it makes no difference to. */
function abandon(joined: Shared, key: string): void {
  joined.gone.abort(new ClientGone());
  const making = makings.get(key);
  if (making?.next === joined) making.next = null;
}
