import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Time inside the simulated network, in milliseconds: `pace` real ones pass for each. Everything that waits does so
 * here, so that stopping the simulator, or telling it to forget, ends it all.
 */
export class SimulatedTime {
  #stop = newStop();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(private readonly pace: number) {}

  /** Aborted when what was begun so far must end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Do something later, unless stopped before. */
  after(delay: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delay * this.pace);
    this.#timers.add(timer);
  }

  /** Resolves after the delay; rejects with an `AbortError` when stopped before. */
  async sleep(delay: number): Promise<void> {
    await sleep(delay * this.pace, undefined, { signal: this.signal });
  }

  /** End everything that was begun; what is begun afterwards runs as usual. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#stop.abort();
    this.#stop = newStop();
  }
}

/** Many webhooks may be under way at once, and each listens; that is not the leak Node would warn of. */
function newStop(): AbortController {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  return stop;
}
