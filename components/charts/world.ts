/** Where the countries of /world.svg are. Both are drawn by `npm run map`. */
import places from "./world.json";
import type { MapPlace } from "./world-size";

const middles = new Map<string, MapPlace>(Object.entries(places.middles));
const dots = new Map<string, MapPlace>(Object.entries(places.dots));

/** The names of the outlines in /world.svg: countries, and "other". */
export const OUTLINES: readonly string[] = Object.keys(places.middles);

/** Where a country too small for an outline has its dot; undefined for one that has an outline, or that nobody knows. */
export function dotOf(country: string): MapPlace | undefined {
  return dots.get(country);
}

/** Where a mark about a country stands. */
export function markOf(country: string): MapPlace | undefined {
  return dots.get(country) ?? middles.get(country);
}
