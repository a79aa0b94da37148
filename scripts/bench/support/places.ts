/** Where the benchmark's messages go: the sample world's countries and networks, as rows to draw from. */
import { world } from "@/demo/world/world";

/** A draw from the world is one of these, all as likely. */
export const SLOTS = 8_192;

export interface Slot {
  slot: number;
  country: string;
  network: string | null;
  /** 1k blocks to draw a number from. */
  blocks: string[];
  /** Of a message that arrived: how likely its person finishes. */
  completes: number;
  undelivered: number;
  /** Median seconds to the handset. */
  seconds: number;
  /** Of a message, in US dollars. */
  price: number;
}

/** The largest of the sample world's, as many as the prototype had that the targets come from. */
const COUNTRIES = 63;

/** How many blocks are listed with a slot: enough for numbers to differ, few enough to be read quickly. */
const BLOCKS_A_SLOT = 20;

/** Each network gets slots by its part of the world's logins, and at least one. */
export function slots(): Slot[] {
  const places = [...world()].sort((one, other) => other.share - one.share).slice(0, COUNTRIES);
  const whole = places.reduce((sum, { share }) => sum + share, 0);
  const networks = places.flatMap((place, n) => {
    const weight = place.numbers.reduce((sum, each) => sum + each.weight, 0);
    return place.numbers.map((network) => ({
      share: (place.share / whole) * (network.weight / weight),
      country: place.country,
      network: network.name,
      blocks: network.blocks,
      completes: place.completes,
      undelivered: place.undelivered,
      seconds: place.seconds,
      // From 0.8 cents, and up to 12 where messages are dear; no country's real price.
      price: 0.008 + (0.112 * ((n * 29) % places.length) ** 2) / places.length ** 2,
    }));
  });
  const total: Slot[] = [];
  let passed = 0;
  for (const { share, blocks, ...network } of networks) {
    passed += share;
    const end = Math.max(total.length + 1, Math.round(passed * SLOTS));
    while (total.length < Math.min(end, SLOTS)) {
      const slot = total.length;
      const some = Array.from(
        { length: BLOCKS_A_SLOT },
        (_, i) => blocks.at((slot + i) % blocks.length) ?? [],
      );
      total.push({ slot, ...network, blocks: [...new Set(some.flat())] });
    }
  }
  return total;
}
