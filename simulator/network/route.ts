/**
 * How a carrier treats the messages to a destination. The simulator's scenarios and the sample world's stories are told in
 * these; they differ in how they draw a latency, so that is theirs to say.
 */
export interface Route<Latency> {
  /** The share, 0 to 1, that is never delivered. */
  readonly undelivered: number;
  /** Twilio's codes that those end with, by weight. */
  readonly errors: readonly (readonly [code: number, weight: number])[];
  /** Seconds from `sent` to the handset. */
  readonly latency: Latency;
  /** Whether what was sent is never heard of again: it reaches nobody, and no receipt says so. */
  readonly silent?: boolean;
}

/** Draws the code that a message ends with which is not delivered. */
export function errorOf({ errors }: Pick<Route<unknown>, "errors">, random: () => number): number | null {
  let left = random() * errors.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [code, weight] of errors) {
    left -= weight;
    if (left < 0) return code;
  }
  return errors.at(-1)?.[0] ?? null;
}
