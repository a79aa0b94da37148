/** What looks like an attack and is none: of these people nobody is to be refused. */
import { Random } from "@/demo/world/random";
import { placeOf, type Phone } from "@/demo/world/world";
import { DAY, HOUR, MINUTE } from "@/lib/terms/durations";
import { DESTINATIONS, inOrder, ordinary } from "./ordinary";
import { person } from "./people";
import type { Asker, Programme, Receipt, Scenario, Try } from "./programme";

const BEGINS = HOUR;

const OUTAGE = { country: "ID", lasts: 90 * MINUTE };

/** One network's messages come to nothing for 90 minutes; of its people many ask again. */
function outage(receipt: Exclude<Receipt, "delivered">): (seed: string) => Programme {
  const network = placeOf(OUTAGE.country).numbers[0]?.name;
  const carrier = (at: number, phone: Phone) =>
    phone.place.country === OUTAGE.country &&
    phone.network === network &&
    at >= BEGINS &&
    at < BEGINS + OUTAGE.lasts
      ? receipt
      : null;
  return (seed) => {
    const length = BEGINS + OUTAGE.lasts + 2 * HOUR;
    return { askers: ordinary(seed, { from: 0, to: length, carrier }), length, begins: BEGINS };
  };
}

/** From none a minute up to 60 and back, evenly. */
const BURST = { country: "CL", most: 60, rises: 15 * MINUTE, stays: 15 * MINUTE, conversion: 0.84 };

/** A country that we have never sent to: an e-mail went out to all its people. */
function burst(seed: string): Programme {
  const random = new Random(`${seed}, burst`);
  const { country, most, rises, stays, conversion } = BURST;
  const lasts = 2 * rises + stays;
  const people = new Map<string, Asker>();
  for (let minute = 0; minute < lasts; minute += MINUTE) {
    const share = Math.min(1, (minute + MINUTE / 2) / rises, (lasts - minute - MINUTE / 2) / rises);
    for (let i = 0; i < Math.round(most * share); i += 1) {
      const at = BEGINS + Math.round(minute + random.next() * MINUTE);
      // An e-mail went to each of them: nobody has another's number.
      let one: Asker;
      do one = person(random, { part: "honest", at, country, conversion, within: [5, 60] });
      while (people.has(one.phone.number));
      people.set(one.phone.number, one);
    }
  }
  const length = BEGINS + lasts + HOUR;
  return {
    askers: inOrder([...ordinary(seed, { from: 0, to: length }), ...people.values()]),
    length,
    begins: BEGINS,
  };
}

const LAUNCH = { times: 10, lasts: 8 * HOUR };

/** Ten times as many people everywhere, for a working day. */
function launch(seed: string): Programme {
  const launched = ordinary(`${seed}, launch`, {
    from: BEGINS,
    to: BEGINS + LAUNCH.lasts,
    times: LAUNCH.times,
  });
  const askers = launched.map((asker): Asker => ({ ...asker, part: "honest" }));
  const length = BEGINS + LAUNCH.lasts + HOUR;
  const before = ordinary(seed, { from: 0, to: BEGINS });
  const after = ordinary(`${seed}, after`, { from: BEGINS + LAUNCH.lasts, to: length });
  return { askers: inOrder([...before, ...askers, ...after]), length, begins: BEGINS };
}

/** So many messages a day, since more of one number's are refused to one asker as they always were. */
const FAILING = { country: "NO", aDay: 5, days: 2, apart: [6, 11] as const };

/** Somebody who gets every message and types it wrong, in a country where hardly anybody else is. */
function failing(seed: string): Programme {
  const random = new Random(`${seed}, failing`);
  const one = person(random, { part: "honest", at: BEGINS, country: FAILING.country, conversion: 0 });
  const tries: Try[] = [];
  for (let day = 0; day < FAILING.days; day += 1) {
    let at = BEGINS + day * (DAY + HOUR);
    for (let i = 0; i < FAILING.aDay; i += 1) {
      tries.push({ at, receipt: "delivered", confirmsAfter: null, wrong: 1 });
      at += Math.round(random.between(...FAILING.apart) * MINUTE);
    }
  }
  const length = BEGINS + FAILING.days * (DAY + HOUR);
  const askers = inOrder([...ordinary(seed, { from: 0, to: length }), { ...one, tries }]);
  return { askers, length, begins: BEGINS };
}

const OFFICE = { country: "DE", people: 200, address: "198.51.100.7", within: 30 * MINUTE };

/** Nine o'clock in Berlin, where the scenarios' summer has two hours more than UTC. */
function office(seed: string): Programme {
  const random = new Random(`${seed}, office`);
  const { country, people, address, within } = OFFICE;
  const [, conversion] = DESTINATIONS[country] ?? [0, 0.9];
  const colleagues = Array.from({ length: people }, () => {
    // Three evenly drawn make what is near enough to a bell, and nobody comes in the night.
    const at = Math.round(BEGINS + ((random.next() + random.next() + random.next()) / 3) * within);
    return person(random, { part: "honest", at, country, conversion, address });
  });
  const length = BEGINS + 3 * HOUR;
  return {
    askers: inOrder([...ordinary(seed, { from: 0, to: length }), ...colleagues]),
    length,
    begins: BEGINS,
  };
}

export const HONEST = {
  outage: {
    about: "one network fails for 90 minutes, and says so; people ask again",
    programme: outage("undelivered"),
  },
  "silent-outage": {
    about: "the same, and its messages stay sent",
    likeAttack: true,
    programme: outage("lost"),
  },
  burst: { about: "a new country, from 0 to 60 people a minute and back", programme: burst },
  launch: { about: "ten times as many people everywhere, for 8 hours", programme: launch },
  failing: {
    about: "one person asks 5 times in an hour, and the next day, and types it wrong",
    programme: failing,
  },
  office: { about: "200 people behind one address, at nine", programme: office },
} satisfies Record<string, Scenario>;
