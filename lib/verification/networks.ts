/** The networks of a country, to choose from. */
import parsePhoneNumber, {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
} from "libphonenumber-js/max";
import { holdersOf, publishedRanges } from "./range-holder";

const found = new Map<string, string[]>();

/**
 * Who holds ranges of a country's numbers, in the alphabet's order; none where that is not published.
 *
 * @param country ISO 3166-1 alpha-2
 */
export function networksOf(country: string): string[] {
  let networks = found.get(country);
  if (!networks) {
    networks = read(country);
    found.set(country, networks);
  }
  return networks;
}

function read(country: string): string[] {
  if (!isSupportedCountry(country)) return [];
  const code = getCountryCallingCode(country);
  const holders = holdersOf(code);
  if (getCountries().filter((other) => getCountryCallingCode(other) === code).length === 1) return holders;
  // Several countries share the code: a number of the range tells whose it is.
  const here = new Set(
    Object.entries(publishedRanges(code)).flatMap(([beginning, holder]) =>
      parsePhoneNumber(`+${code}${beginning.padEnd(10, "0")}`)?.country === country ? [holder] : [],
    ),
  );
  return holders.filter((holder) => here.has(holder));
}
