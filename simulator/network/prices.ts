import { countryOf } from "./countries";

// US dollars per segment: plausible, not Twilio's price list.
const PRICES: Readonly<Record<string, number>> = {
  US: 0.0083,
  CA: 0.0083,
  GB: 0.0524,
  DE: 0.1125,
  FR: 0.0798,
  ES: 0.0805,
  IT: 0.0927,
  NL: 0.1078,
  BR: 0.0594,
  MX: 0.0672,
  IN: 0.0832,
  ID: 0.4411,
  NG: 0.4201,
  PK: 0.4764,
  JP: 0.0822,
  AU: 0.0515,
};
const ELSEWHERE = 0.15;

/** What a message costs in US dollars as Twilio writes it: negative, five decimals, e.g. `-0.01660`. */
export function priceOf(to: string, segments: number): string {
  const perSegment = PRICES[countryOf(to) ?? ""] ?? ELSEWHERE;
  return (-perSegment * segments).toFixed(5);
}
