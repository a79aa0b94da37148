import { setTimeout as wait } from "node:timers/promises";

/** Time in the traffic: everything that waits does so here, so that stopping ends it all. */
export class Pace {
  /**
   * @param factor what every wait is multiplied by: 1 as in life, less in tests.
   * @param signal aborted when the traffic stops.
   */
  constructor(
    readonly factor: number,
    readonly signal: AbortSignal,
  ) {}

  /** @throws {Error} an AbortError when the traffic stops meanwhile. */
  async sleep(seconds: number): Promise<void> {
    await wait(Math.max(0, seconds * this.factor * 1000), undefined, { signal: this.signal });
  }
}
