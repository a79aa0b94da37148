/** Attacks: requests for messages whose codes never come back, since they are sent to be billed. */
import { Random } from "@/demo/world/random";
import { phoneIn, placeOf, world, type Phone } from "@/demo/world/world";
import { DAY, HOUR, MINUTE } from "@/lib/terms/durations";
import { inOrder, ordinary } from "./ordinary";
import { addressIn } from "./people";
import { seconds, type Asker, type Programme, type Scenario } from "./programme";

/** All of them begin when people have been there for an hour, so that what is found before is found without them. */
const BEGINS = HOUR;

/** And the day goes on for a while when they have ended. */
const AFTER = HOUR;

/** A programme of an attack amid ordinary people. */
function amid(seed: string, lasts: number, attackers: readonly Asker[]): Programme {
  const length = BEGINS + lasts + AFTER;
  return {
    askers: inOrder([...ordinary(seed, { from: 0, to: length }), ...attackers]),
    length,
    begins: BEGINS,
  };
}

/** One message that nobody waits for. It arrives: the number is there, and its carrier is paid. */
function pumped(at: number, phone: Phone, address: string): Asker {
  return { part: "attack", phone, address, tries: [{ at, receipt: "delivered", confirmsAfter: null }] };
}

/** An address of a botnet's: hundreds of thousands there are. */
function bot(random: Random): string {
  return `10.${66 + random.whole(60)}.${random.whole(256)}.${1 + random.whole(254)}`;
}

/** The largest network of a country, of which so many blocks are the attacker's; and a number of one of them, one after the other. */
function numbersIn(country: string, blocks: number, random: Random): (index: number) => Phone {
  const place = placeOf(country);
  const [network] = place.numbers;
  if (!network) throw new Error(`the sample world has no numbers in ${country}`);
  const left = [...network.blocks];
  const theirs = Array.from({ length: blocks }, () => left.splice(random.whole(left.length), 1)[0]);
  return (index) => {
    const block = theirs[index % blocks] ?? "";
    const digits = String(Math.floor(index / blocks) % 1_000).padStart(3, "0");
    return { place, block, network: network.name, number: block + digits };
  };
}

const ONE_BLOCK = { country: "PK", aMinute: 5, lasts: 2.5 * HOUR };

function oneBlock(seed: string): Programme {
  const random = new Random(`${seed}, one block`);
  const phone = numbersIn(ONE_BLOCK.country, 1, random);
  const count = (ONE_BLOCK.aMinute * ONE_BLOCK.lasts) / MINUTE;
  const attackers = Array.from({ length: count }, (_, i) =>
    pumped(BEGINS + Math.round(((i + random.next()) * MINUTE) / ONE_BLOCK.aMinute), phone(i), bot(random)),
  );
  return amid(seed, ONE_BLOCK.lasts, attackers);
}

const SLOW = { country: "NG", anHour: 4, blocks: 12, addresses: 300, lasts: 7 * DAY };

function slowly(seed: string): Programme {
  const random = new Random(`${seed}, slowly`);
  const phone = numbersIn(SLOW.country, SLOW.blocks, random);
  const addresses = Array.from({ length: SLOW.addresses }, () => bot(random));
  const count = (SLOW.anHour * SLOW.lasts) / HOUR;
  const attackers = Array.from({ length: count }, (_, i) =>
    pumped(BEGINS + Math.round(((i + random.next()) * HOUR) / SLOW.anHour), phone(i), random.pick(addresses)),
  );
  return amid(seed, SLOW.lasts, attackers);
}

const HIDDEN = { country: "IN", lasts: 36 * HOUR };

/** As many as there are people in the country, each a moment after one of them, of any network and block, from addresses as theirs. */
function hidden(seed: string): Programme {
  const random = new Random(`${seed}, hidden`);
  const people = ordinary(seed, { from: BEGINS, to: BEGINS + HIDDEN.lasts });
  const attackers = people
    .filter(({ phone }) => phone.place.country === HIDDEN.country)
    .map(({ tries: [first] }) =>
      pumped(
        (first?.at ?? BEGINS) + seconds(random.between(1, 300)),
        phoneIn(placeOf(HIDDEN.country), random),
        addressIn(HIDDEN.country, random),
      ),
    );
  return amid(seed, HIDDEN.lasts, attackers);
}

const WIDE = { countries: 40, each: 2, every: 15 * MINUTE, lasts: 6 * HOUR };

/** The countries that most people of the world are in, those with an ordinary traffic of ours among them. */
function wide(seed: string): Programme {
  const random = new Random(`${seed}, wide`);
  const countries = world().slice(0, WIDE.countries);
  const attackers: Asker[] = [];
  for (let round = 0; round < WIDE.lasts; round += WIDE.every) {
    for (const place of countries) {
      for (let i = 0; i < WIDE.each; i += 1) {
        const at = BEGINS + Math.round(round + random.next() * WIDE.every);
        attackers.push(pumped(at, phoneIn(place, random), bot(random)));
      }
    }
  }
  return amid(seed, WIDE.lasts, attackers);
}

export const ATTACKS = {
  "one-block": {
    about: "5 messages a minute to one block, from an address each",
    target: ONE_BLOCK.country,
    programme: oneBlock,
  },
  slow: {
    about: "4 messages an hour for a week, to 12 blocks, from 300 addresses",
    target: SLOW.country,
    programme: slowly,
  },
  hidden: {
    about: "as many as a country has people, at their times, from addresses as theirs",
    target: HIDDEN.country,
    programme: hidden,
  },
  wide: {
    about: "2 messages each to 40 countries, every 15 minutes for 6 hours",
    programme: wide,
  },
} satisfies Record<string, Scenario>;
