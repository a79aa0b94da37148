/**
 * Places: what people say something of. A country (`BR`), a network of it (`BR:Claro`), or a block of numbers (`+5511987654`).
 */
import { countryOf } from "../terms/countries";

const LONGEST_NETWORK = 100;

/** A place as it is kept; null where a text is none. */
export function placeOf(text: string): string | null {
  if (text.startsWith("+")) return /^\+\d{4,12}$/.test(text) ? text : null;
  const [letters = "", ...rest] = text.split(":");
  const country = countryOf(letters);
  if (country === null || rest.length === 0) return country;
  const network = rest.join(":").trim();
  return network !== "" && network.length <= LONGEST_NETWORK && !/\p{Cc}/u.test(network)
    ? `${country}:${network}`
    : null;
}

/** What rows and pages are of: a country, and as far as they know it a network of it and a block. */
export interface Spot {
  country: string;
  network?: string | null;
  block?: string | null;
}

/** The place of a network, or of all of its country. */
function placeOfNetwork({ country, network }: Spot): string {
  return network ? `${country}:${network}` : country;
}

/** The places that a spot is in, the most particular first: what is said of that counts. */
export function placesOf({ country, network, block }: Spot): string[] {
  return [...(block ? [block] : []), ...(network ? [placeOfNetwork({ country, network })] : []), country];
}
