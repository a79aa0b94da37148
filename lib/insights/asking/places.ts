/**
 * How many reports are worked on at once, in this process: as many as there are places. The others wait their turn, one of each client after
 * another, so that nobody who asks for a hundred keeps the next from asking for one; and who would have to wait too long is told when to
 * come back. So reports, however many are asked for, leave the processor and the database to those who sign in.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "../../env";
import { processState } from "../../process-state";
import { ClientGone, servedRequest } from "../../served";

/** Nobody waits longer than this for a place, in milliseconds. */
const PATIENCE_MS = 10_000;

/** So many may wait, in multiples of the places: those of one client, which is several pages' panels, and all together. */
const WAITING = { ofOne: 25, ofAll: 100 } as const;

/** Seconds until it is worth asking again. */
const RETRY_AFTER_SECONDS = 5;

/** That there is no place for a report now. */
export class ReportsBusy extends Error {
  override name = "ReportsBusy";
  readonly retryAfter = RETRY_AFTER_SECONDS;
  /** What React hands to the browser of an error on the server: the panel that waited for it says why. */
  readonly digest = "reports_busy";

  /** @param ofClient whether it is this client's own reports that there are too many of */
  constructor(readonly ofClient: boolean) {
    super(ofClient ? "This client asks for too many reports at once." : "Too many reports are asked for.");
  }
}

interface Waiting {
  enter: () => void;
  slow: boolean;
}

interface State {
  taken: number;
  /** Those of them that have slow reports in them. */
  takenBySlow: number;
  /** By client, the next to be let in first. */
  waiting: Map<string, Waiting[]>;
  /** Whether what runs has a place. */
  place: AsyncLocalStorage<{ held: boolean }>;
}

const state = processState<State>("places", () => ({
  taken: 0,
  takenBySlow: 0,
  waiting: new Map(),
  place: new AsyncLocalStorage(),
}));

interface PlaceOptions {
  /** Whether it waits for as long as it takes: for what has begun, such as a file's next rows, and would be lost. */
  begun?: boolean;
  /** Whether it counts messages, or looks through them, which takes a hundred times as long as reading cells. */
  slow?: boolean;
}

/**
 * Slow reports get a quarter of the places at most: the others are for quick ones, and each slow one keeps a processor of the database for as
 * long as it takes, of which it may have two.
 */
function hasPlace(slow: boolean): boolean {
  const places = env().REPORTS_AT_ONCE;
  return state.taken < places && (!slow || state.takenBySlow < Math.max(1, Math.floor(places / 4)));
}

/**
 * Does a report's work in a place of its own; work within it needs no other.
 *
 * @throws {ReportsBusy} when there is none, and none will be soon
 * @throws {ClientGone} when the client goes before there is one
 */
export async function inPlace<T>(
  work: () => Promise<T>,
  { begun = false, slow = false }: PlaceOptions = {},
): Promise<T> {
  if (state.place.getStore()?.held) return work();
  await enter(begun, slow);
  const own = { held: true };
  try {
    return await state.place.run(own, work);
  } finally {
    // What goes on after it, such as a stream that began in it, has a place no longer.
    own.held = false;
    leave(slow);
  }
}

async function enter(begun: boolean, slow: boolean): Promise<void> {
  const { signal, from = "" } = servedRequest() ?? {};
  if (signal?.aborted) throw new ClientGone();
  // Who waits is none it could have, and is let in before.
  if (hasPlace(slow)) {
    take(slow);
    return;
  }
  const own = state.waiting.get(from) ?? [];
  if (!begun) {
    if (own.length >= WAITING.ofOne * env().REPORTS_AT_ONCE) throw new ReportsBusy(true);
    const all = [...state.waiting.values()].reduce((sum, { length }) => sum + length, 0);
    if (all >= WAITING.ofAll * env().REPORTS_AT_ONCE) throw new ReportsBusy(false);
  }
  state.waiting.set(from, own);
  await new Promise<void>((resolve, reject) => {
    const stop = (error: Error) => {
      settle();
      forget(from, waiting);
      reject(error);
    };
    const gone = () => stop(new ClientGone());
    const patience = begun ? undefined : setTimeout(() => stop(new ReportsBusy(false)), PATIENCE_MS);
    const settle = () => {
      clearTimeout(patience);
      signal?.removeEventListener("abort", gone);
    };
    const waiting = {
      slow,
      enter: () => {
        settle();
        resolve();
      },
    };
    signal?.addEventListener("abort", gone, { once: true });
    own.push(waiting);
  });
}

function take(slow: boolean): void {
  state.taken += 1;
  if (slow) state.takenBySlow += 1;
}

/** Gives the place to the next client's next report that may have it. */
function leave(slow: boolean): void {
  state.taken -= 1;
  if (slow) state.takenBySlow -= 1;
  for (const [from, own] of state.waiting) {
    const next = own.find((each) => hasPlace(each.slow));
    if (!next) continue;
    // Its others are behind those of all other clients now.
    state.waiting.delete(from);
    const others = own.filter((each) => each !== next);
    if (others.length > 0) state.waiting.set(from, others);
    take(next.slow);
    next.enter();
    return;
  }
}

function forget(from: string, waiting: Waiting): void {
  const others = state.waiting.get(from)?.filter((each) => each !== waiting) ?? [];
  if (others.length > 0) state.waiting.set(from, others);
  else state.waiting.delete(from);
}
