/**
 * The search for the worst attack: programmes drawn at random and then changed a little at a time, as long as they spend more of what was said
 * to be the most (hill climbing, begun anew many times). What they spend is told by a model in this process, so that ten thousand take seconds.
 */
import { Random } from "@/demo/world/random";
import { world, type Phone } from "@/demo/world/world";
import { HOUR, MINUTE } from "@/lib/terms/durations";
import { namesOf } from "@/lib/terms/names";
import { dollarsOf } from "./prices";

/** A request of an attack, as a model is asked it; in the order of time. */
export interface Request {
  /** In milliseconds from the attack's beginning. */
  at: number;
  phone: Phone;
  address: string;
  /** Until its code comes back, in milliseconds: of numbers that are the attacker's own. Null where it never does. */
  confirmsAfter: number | null;
  /** Until the carrier says that it gave the message up, in milliseconds; null where it never does. */
  failsAfter: number | null;
  /** Of its message, in US dollars. */
  cost: number;
}

/**
 * What the requests of an attack spend on messages that nobody confirmed, of which as many are sent as the rules let through; and what was said
 * before to be the most they could. Both in US dollars, over the same time.
 */
export type Spend = (requests: readonly Request[]) => { spent: number; bound: number };

/** An attack by its measures: all that is drawn besides follows from them and the seed. */
export interface Attack {
  /** How many countries it goes to, the largest first from this one on, and how many blocks it has in each. */
  firstCountry: number;
  countries: number;
  blocks: number;
  addresses: number;
  /** Requests in all, and for how long. */
  requests: number;
  hours: number;
  /** How uneven its pace is: 0 for evenly, 1 for all at the beginning of each hour. */
  gusts: number;
  /** Of all requests, those whose code comes back, to earn the attack an allowance; and whether these come first. */
  mix: number;
  earnsFirst: number;
  /** Numbers that it has in each block: with few, those of its own come again, exempt by then. */
  numbers: number;
  /** Of its other requests, those whose messages carriers give up, which are not unanswered then, and yet paid for. */
  failing: number;
}

type Measure = keyof Attack;

/** From where to where, and whether it is a whole number. */
const MEASURES: Readonly<Record<Measure, readonly [least: number, most: number, isWhole: boolean]>> = {
  firstCountry: [0, 80, true],
  countries: [1, 60, true],
  blocks: [1, 40, true],
  addresses: [1, 600, true],
  requests: [20, 600, true],
  hours: [0.1, 72, false],
  gusts: [0, 1, false],
  mix: [0, 0.9, false],
  earnsFirst: [0, 1, false],
  numbers: [1, 1000, true],
  failing: [0, 1, false],
};

const MEASURE_NAMES = namesOf(MEASURES);

export interface Found {
  programmes: number;
  /** Of them, those that spent more than the bound. */
  over: number;
  /** The one that came nearest to the bound, or went farthest beyond. */
  worst: { attack: Attack; spent: number; bound: number };
}

/** Sums of dollars are not exact. */
const ROUNDING = 1e-9;

/** So many steps without a better one, and the climb begins anew elsewhere. */
const PATIENCE = 40;

/** @param programmes how many are tried in all */
export function searchWorst(spend: Spend, programmes: number, seed: string): Found {
  const random = new Random(`${seed}, search`);
  const score = (attack: Attack) => {
    const { spent, bound } = spend(requestsOf(attack, seed));
    return { attack, spent, bound, ratio: bound > 0 ? spent / bound : spent > 0 ? Infinity : 0 };
  };
  let [best, current] = [score(drawn(random)), score(drawn(random))];
  let [over, waited] = [0, 0];
  for (let tried = 0; tried < programmes; tried += 1) {
    const begins = waited >= PATIENCE;
    const next = score(begins ? drawn(random) : changed(current.attack, random));
    if (next.ratio > 1 + ROUNDING) over += 1;
    waited = begins || next.ratio > current.ratio ? 0 : waited + 1;
    // What is as good is gone on from, too, or a plain would be the end.
    if (begins || next.ratio >= current.ratio) current = next;
    if (next.ratio > best.ratio) best = next;
  }
  return { programmes, over, worst: { attack: best.attack, spent: best.spent, bound: best.bound } };
}

function drawn(random: Random): Attack {
  const attack = { ...MIDDLE };
  for (const name of MEASURE_NAMES) attack[name] = drawMeasure(name, random);
  return attack;
}

const MIDDLE: Attack = {
  firstCountry: 0,
  countries: 1,
  blocks: 1,
  addresses: 1,
  requests: 20,
  hours: 1,
  gusts: 0,
  mix: 0,
  earnsFirst: 0,
  numbers: 1000,
  failing: 0,
};

/** Counts are drawn by their size, so that few is tried as often as many. */
function drawMeasure(name: Measure, random: Random): number {
  const [least, most, isWhole] = MEASURES[name];
  if (least <= 0) return isWhole ? random.whole(most + 1) : random.between(least, most);
  const value = least * (most / least) ** random.next();
  return isWhole ? Math.round(value) : value;
}

/** One or two measures are other ones: mostly a little, sometimes altogether. */
function changed(attack: Attack, random: Random): Attack {
  const next = { ...attack };
  for (let i = 0; i < 1 + random.whole(2); i += 1) {
    const name = random.pick(MEASURE_NAMES);
    const [least, most, isWhole] = MEASURES[name];
    const near = next[name] + (most - least) * random.between(-0.1, 0.1);
    const value = random.chance(0.25) ? drawMeasure(name, random) : Math.min(most, Math.max(least, near));
    next[name] = isWhole ? Math.round(value) : value;
  }
  return next;
}

/** The requests of an attack, the same for the same measures and seed. */
export function requestsOf(attack: Attack, seed: string): Request[] {
  const random = new Random(`${seed}, ${JSON.stringify(attack)}`);
  const all = world();
  const places = Array.from({ length: attack.countries }, (_, i) => {
    const place = all[(attack.firstCountry + i) % all.length];
    const [network] = place?.numbers ?? [];
    if (!place || !network) throw new Error("a country of the sample world has no numbers");
    const { length } = network.blocks;
    const first = random.whole(length);
    const blocks = Array.from(
      { length: Math.min(attack.blocks, length) },
      (__, n) => network.blocks[(first + n) % length] ?? "",
    );
    return { place, network, blocks };
  });
  const own = Math.round(attack.mix * attack.requests);
  const times = timesOf(attack, random);
  return times.map((at, i) => {
    const isOwn =
      attack.earnsFirst > 0.5
        ? i < own
        : Math.floor(((i + 1) * own) / times.length) > Math.floor((i * own) / times.length);
    const { place, network, blocks } = random.pick(places);
    const block = random.pick(blocks);
    const number = block + String(random.whole(attack.numbers)).padStart(3, "0");
    const host = random.whole(attack.addresses);
    const isFailing = !isOwn && random.chance(attack.failing);
    return {
      at,
      phone: { place, block, number, network: network.name },
      address: `10.66.${host >> 8}.${host & 255}`,
      confirmsAfter: isOwn ? Math.round(random.between(5, 60)) * 1000 : null,
      failsAfter: isFailing ? Math.round(random.between(2, 90)) * 1000 : null,
      cost: priceIn(number, place.country),
    };
  });
}

function timesOf({ requests, hours, gusts }: Attack, random: Random): number[] {
  const times = Array.from({ length: requests }, () => {
    const at = random.next() * hours * HOUR;
    const hour = Math.floor(at / HOUR) * HOUR;
    return Math.round(hour + (at - hour) * (1 - gusts) + random.next() * MINUTE * gusts);
  });
  return times.sort((one, other) => one - other);
}

const prices = new Map<string, number>();

/** Looking up a number's country takes longer than all the rest. */
function priceIn(number: string, country: string): number {
  let price = prices.get(country);
  if (price === undefined) {
    price = dollarsOf(number);
    prices.set(country, price);
  }
  return price;
}
