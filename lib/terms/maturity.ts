/**
 * What the pages call a mature message: one of which nothing is awaited any more that its rate would change by.
 */
export const SETTLED = "settled";

/** At a sentence's beginning. */
export const SETTLED_FIRST = "Settled";
