/** Whom the benchmark's messages go to: each start another number, asked for from another address, so that no limit is reached. */
import { parseRecipient } from "@/lib/verification/recipient";
import { SLOTS, slots } from "../support/places";

/** Neighbours in the list of places are far from each other in this order; it shares no divisor with the number of places. */
const STRIDE = 4_801;

/** Blocks, as often as the sample world signs in there. */
let drawn: string[] | undefined;

function blocks(): string[] {
  if (drawn) return drawn;
  const places = slots();
  const all = places.map((_, i) => {
    const { blocks } = places[(i * STRIDE) % SLOTS] ?? { blocks: [] };
    return blocks[i % blocks.length] ?? "";
  });
  // Of blocks that come again each number is given once.
  drawn = all.filter((block) => parseRecipient(`${block}000`).ok && parseRecipient(`${block}999`).ok);
  return drawn;
}

const given = new Map<string, number>();

/** A number of the sample world; the same one again only when there are no others left, which are a million. */
export function nextNumber(): string {
  for (;;) {
    const all = blocks();
    const block = all[turn++ % all.length] ?? "";
    const used = given.get(block) ?? 0;
    if (used === 1_000) {
      full += 1;
      // All numbers have had one: people come again.
      if (full >= all.length) given.clear();
      continue;
    }
    full = 0;
    given.set(block, used + 1);
    return block + String(used).padStart(3, "0");
  }
}
let turn = 0;
let full = 0;

/** An address that nobody was given before, of those for documents and tests (RFC 6890): 10.0.0.0/8. */
export function nextAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}
let addresses = 0;

/** A number of one network, as `bareStart` takes them. */
export function nextBareNumber(): string {
  bare += 1;
  return `+1415${2_000_000 + bare}`;
}
let bare = 0;
