/** The pumping attack of the simulator's scenario: messages to one number after the other of a few blocks, never answered. */
import { PUMPED_COUNTRY } from "@/demo/world/stories";
import { placeOf, type Phone } from "@/demo/world/world";
import type { Random } from "@/demo/world/random";

interface Target {
  phone: Pick<Phone, "number">;
  clientIp: string;
}

const BLOCKS = 4;
const IN_BLOCK = 1_000;

/** The targets of an attack, endlessly: after the last number of its blocks comes the first. */
export function* attack(random: Random): Generator<Target, never> {
  const [network] = placeOf(PUMPED_COUNTRY).numbers;
  if (!network) throw new Error(`the sample world has no numbers in ${PUMPED_COUNTRY}`);
  const blocks = Array.from({ length: BLOCKS }, () => random.pick(network.blocks));
  // A botnet's addresses: each is used too rarely for a limit by address.
  const subnet = `10.66.${random.whole(256)}`;
  for (let index = 0; ; index += 1) {
    const block = blocks[Math.floor(index / IN_BLOCK) % BLOCKS] ?? "";
    yield {
      phone: { number: block + String(index % IN_BLOCK).padStart(3, "0") },
      clientIp: `${subnet}.${1 + random.whole(254)}`,
    };
  }
}
