/** Honest people: how they ask, wait, ask again, get in or give up. */
import type { Random } from "@/demo/world/random";
import { clientAddress, phoneIn, placeOf, type Phone } from "@/demo/world/world";
import { MINUTE } from "@/lib/terms/durations";
import { seconds, type Asker, type Part, type Receipt, type Try } from "./programme";

/** Of people, how many are behind an address that their carrier gives to many; and how many such it has in a country. */
const SHARED = 0.25;
const SHARED_ADDRESSES = 8;

/** Of those whom a message does not let in: how many ask for another one. */
const ASKS_AGAIN = 0.5;

/** What becomes of the messages of those who do not get in: most arrive, and nobody comes back. */
const UNLUCKY: readonly (readonly [Receipt, number])[] = [
  ["delivered", 5],
  ["undelivered", 3],
  ["lost", 2],
];

/** Whoever gets nothing while a network is down asks for so many more. */
const MOST_AGAIN = 3;

interface Person {
  part: Part;
  at: number;
  country: string;
  /** How likely they get in when all is well. */
  conversion: number;
  /** What a carrier does with everybody's messages, such as in an outage; null where it does as always. */
  carrier?: (at: number, phone: Phone) => Receipt | null;
  /** Where they are behind one that is not their own. */
  address?: string;
  /** Between which two times, in seconds, they type their code; otherwise as people do. */
  within?: readonly [least: number, most: number];
}

/** Somebody honest. They ask for another message after a while when none came, and few more than once. */
export function person(random: Random, options: Person): Asker {
  const { part, country, conversion, carrier = () => null, within } = options;
  const phone = phoneIn(placeOf(country), random);
  const address = options.address ?? addressIn(country, random);
  const typing = () => seconds(within ? random.between(...within) : typingSeconds(random));
  const isLucky = random.chance(conversion);
  const tries: Try[] = [];
  let at = options.at;
  for (let again = 0; again <= MOST_AGAIN; again += 1) {
    const fault = carrier(at, phone);
    if (fault === null && isLucky) {
      tries.push({ at, receipt: "delivered", confirmsAfter: typing() });
      break;
    }
    tries.push({ at, receipt: fault ?? random.weighted(UNLUCKY), confirmsAfter: null });
    // Without a fault of the carrier's, it is their own: the next message is no better, and few ask for a third.
    if (fault === null && (again > 0 || !random.chance(ASKS_AGAIN))) break;
    at += seconds(random.between(45, 120)) + again * 2 * MINUTE;
  }
  return { part, phone, address, tries };
}

/** Half of the people have typed their code 18 seconds after asking; nobody before 5, or after 8 minutes. */
function typingSeconds(random: Random): number {
  return Math.min(480, Math.max(5, random.logNormal(18, 0.7)));
}

/** Most have an address of their own, the others share one of a few with much of their country (RFC 6598). */
export function addressIn(country: string, random: Random): string {
  if (!random.chance(SHARED)) return clientAddress(random);
  const [one = 0, other = 0] = country.split("").map((letter) => letter.charCodeAt(0) - 64);
  return `100.${64 + one}.${other}.${1 + random.whole(SHARED_ADDRESSES)}`;
}
