/**
 * The time. Statements take it as a parameter instead of asking the database, so that one clock rules a decision and
 * tests can set it.
 */
let read: () => Date = () => new Date();

/** The time now. */
export function now(): Date {
  return read();
}

/** Replaces the clock, for tests; without an argument the real one is back. */
export function setClock(clock?: () => Date): void {
  read = clock ?? (() => new Date());
}

/** A moment so many seconds after another; before it when negative. */
export function secondsAfter(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}
