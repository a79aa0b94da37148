import { EventEmitter, once } from "node:events";

/**
 * Tells who waits that something about a handset has changed. A handset's revision is a text that differs after every
 * change, also from those of an earlier process; nothing else is to be read from it.
 */
export class Changes {
  readonly #revisions = new Map<string, number>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #last = Date.now();
  #unchanged = this.#last;

  revision(handset: string): string {
    return (this.#revisions.get(handset) ?? this.#unchanged).toString(36);
  }

  bump(handset: string): void {
    this.#revisions.set(handset, this.#next());
    this.#emitter.emit(handset);
  }

  /** Nothing is left of the handset: it counts as one that nothing has happened to. */
  forget(handset: string): void {
    this.#revisions.delete(handset);
  }

  /** Everything has changed. */
  bumpAll(): void {
    this.#revisions.clear();
    this.#unchanged = this.#next();
    for (const handset of this.#emitter.eventNames()) this.#emitter.emit(handset);
  }

  /** Resolves when the handset's revision is another than the given one, or the signal is aborted. */
  async changedFrom(handset: string, revision: string, signal: AbortSignal): Promise<void> {
    while (this.revision(handset) === revision && !signal.aborted) {
      await once(this.#emitter, handset, { signal }).catch(() => undefined);
    }
  }

  #next(): number {
    this.#last = Math.max(Date.now(), this.#last + 1);
    return this.#last;
  }
}
