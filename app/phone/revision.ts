import type { SimulatedConversation } from "./simulator";

/** Of a handset whose conversation could not be had. */
const NONE = "none";

/** What tells a page whether it shows what there is: which handset is in hand, and the revision of each. */
export function revisionOf(index: number, conversations: readonly (SimulatedConversation | null)[]): string {
  return [index, ...conversations.map((conversation) => conversation?.revision ?? NONE)].join("~");
}

/** The handset in hand, and what is known of each; a handset that could not be had has an empty revision. */
export function parseRevision(revision: string): { index: number; known: string[] } {
  const [index, ...known] = revision.split("~");
  return { index: Number(index), known: known.map((each) => (each === NONE ? "" : each)) };
}
