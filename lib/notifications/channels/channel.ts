/** What a channel is given to tell, and what came of it. */
import type { Said, SaidToPrograms } from "../said";

export interface Letter<Content extends SaidToPrograms = Said | SaidToPrograms> {
  /** The same at every try, by which a receiver knows what it has. */
  id: string;
  /** The same for all steps of one incident. */
  thread: string;
  type: string;
  said: Content;
  writtenAt: Date;
}

export type Told =
  | { outcome: "delivered" }
  /** `error` is a code or a word, and has no address in it. */
  | { outcome: "failed"; error: string; isFinal: boolean };

export const DELIVERED = { outcome: "delivered" } as const;

export function failed(error: string, isFinal = false): Told {
  return { outcome: "failed", error, isFinal };
}

/** How long a receiver may take to answer. */
export const TIMEOUT_MS = 10_000;
