/**
 * The numbers of the sample world: valid mobile numbers of the ranges that networks hold, as 1k blocks.
 */
import { getCountryCallingCode, getExampleNumber, type CountryCode } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { publishedRanges } from "@/lib/verification/range-holder";
import { parseRecipient } from "@/lib/verification/recipient";
import type { Destination } from "./destinations";
import { Random } from "./random";

/** The blocks of one network in a country. */
export interface Network {
  /** The holder of the ranges; null where none is published. */
  name: string | null;
  /** Its part of the country's logins, in parts of the sum. */
  weight: number;
  /** E.164 without the last three digits. */
  blocks: readonly string[];
}

/** A country may list thousands of ranges; so many are looked at. */
const MOST_RANGES = 120;

const MOST_NETWORKS = 4;

/** Blocks for each percent of the world's logins, so that a person's neighbours in numbers are rarely customers too. */
const BLOCKS_FOR_PERCENT = 30;
const FEWEST_BLOCKS = 24;

/** The networks of a country, the largest first. The same at each call, and whatever history is made with it. */
export function networksOf({ country, share, networks, prefixes }: Destination): Network[] {
  const random = new Random(`numbers of ${country}`);
  const ranges = prefixes ?? rangesOf(country, random);
  const byNetwork = drawBlocks(
    country,
    ranges,
    Math.max(FEWEST_BLOCKS, Math.round(share * BLOCKS_FOR_PERCENT)),
    random,
  );
  return [...byNetwork]
    .filter(([name]) => !networks || (name !== null && name in networks))
    .map(([name, blocks]) => ({ name, blocks, weight: networks?.[name ?? ""] ?? blocks.length }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST_NETWORKS);
}

/** Draws blocks from ranges, each as often as it has numbers, and keeps those whose numbers are valid mobile ones. */
function drawBlocks(country: CountryCode, ranges: string[], wanted: number, random: Random) {
  const callingCode = getCountryCallingCode(country);
  const digits = mobileLength(country) - 3;
  const weights = ranges
    .filter((range) => range.length <= digits)
    .map((range) => [range, 10 ** -range.length] as const);
  const byNetwork = new Map<string | null, string[]>();
  const seen = new Set<string>();
  for (let tries = 0; seen.size < wanted && tries < wanted * 5; tries += 1) {
    const range = random.weighted(weights);
    const block = `+${callingCode}${range}${digits > range.length ? random.digits(digits - range.length) : ""}`;
    if (seen.has(block)) continue;
    const network = networkOfBlock(country, block);
    if (network === undefined) continue;
    seen.add(block);
    const blocks = byNetwork.get(network);
    if (blocks) blocks.push(block);
    else byNetwork.set(network, [block]);
  }
  return byNetwork;
}

/** The network of a block's numbers; undefined unless they are mobile numbers of the country, all of one network. */
function networkOfBlock(country: CountryCode, block: string): string | null | undefined {
  const [first, last] = [parseRecipient(`${block}000`), parseRecipient(`${block}999`)];
  if (!first.ok || !last.ok) return undefined;
  const holders = [first.recipient, last.recipient];
  if (holders.some((holder) => holder.country !== country)) return undefined;
  return first.recipient.network === last.recipient.network ? first.recipient.network : undefined;
}

function mobileLength(country: CountryCode): number {
  const example = getExampleNumber(country, examples);
  if (!example) throw new Error(`nobody knows how long mobile numbers are in ${country}`);
  return example.nationalNumber.length;
}

/** National prefixes of published ranges. */
function rangesOf(country: CountryCode, random: Random): string[] {
  const ranges = Object.keys(publishedRanges(getCountryCallingCode(country)));
  if (ranges.length <= MOST_RANGES) return ranges;
  return Array.from({ length: MOST_RANGES }, () => random.pick(ranges));
}
