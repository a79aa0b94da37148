/**
 * The sample world: who logs in, from where and how often. The sample history is made from it, and the demo's traffic; it knows
 * neither. What its messages go over is the simulator's network.
 */
import { DESTINATIONS, type Destination } from "./destinations";
import { networksOf, type Network } from "./number-pool";
import type { Random } from "./random";
import { busyness } from "./rhythm";

export interface Place extends Destination {
  readonly numbers: readonly Network[];
}

/** Somebody's phone. */
export interface Phone {
  place: Place;
  /** E.164. */
  number: string;
  network: string | null;
  block: string;
}

let places: readonly Place[] | undefined;

/** All destinations with their numbers, drawn at first use (a third of a second). */
export function world(): readonly Place[] {
  return (places ??= DESTINATIONS.map((destination) => ({
    ...destination,
    numbers: networksOf(destination),
  })));
}

/** How many of the world's logins come from a place at a moment, in epoch milliseconds, in parts of the sum. */
export function demand({ share, zone }: Destination, at: number): number {
  return share * busyness(zone, at);
}

/** How busy the whole world is at a moment, in epoch milliseconds; 1 on average over a week, about. */
export function busynessOfWorld(at: number): number {
  const shares = world().reduce((sum, { share }) => sum + share, 0);
  return world().reduce((sum, place) => sum + demand(place, at), 0) / shares;
}

/** Every place with its demand at a moment. */
export function demandByPlace(at: number): (readonly [Place, number])[] {
  return world().map((place) => [place, demand(place, at)] as const);
}

export function phoneIn(place: Place, random: Random): Phone {
  const network = random.weighted(place.numbers.map((each) => [each, each.weight] as const));
  const block = random.pick(network.blocks);
  return { place, block, number: block + random.digits(3), network: network.name };
}

/** A destination by its country. @throws {Error} when the world has none. */
export function placeOf(country: string): Place {
  const place = world().find((candidate) => candidate.country === country);
  if (!place) throw new Error(`the sample world has no ${country}`);
  return place;
}

/** A person's address, private (RFC 1918) or for documentation (RFC 3849): nobody's. Bots have theirs in 10.66.0.0/16. */
export function clientAddress(random: Random): string {
  if (random.chance(0.25)) {
    return `2001:db8:${random.whole(0xfff).toString(16)}:${random.whole(0xffff).toString(16)}::${random.whole(0xfff).toString(16)}`;
  }
  return `10.${random.whole(64)}.${random.whole(256)}.${1 + random.whole(254)}`;
}
