/** Phone numbers as people read them. On the server only: the numbering plans of the world weigh 145 kB. */
import parsePhoneNumber, {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
} from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { countriesIn } from "@/lib/terms/languages";
import { countryName } from "./format";

/** `+44 7700 900123`; the number itself when no numbering plan has it. */
export function formatNumber(e164: string): string {
  return parsePhoneNumber(e164)?.formatInternational() ?? e164;
}

/** `07700 900123`: as its owner writes it at home. */
export function formatNational(e164: string): string {
  return parsePhoneNumber(e164)?.formatNational() ?? e164;
}

/** `+62 821 765`: a block of 1,000 numbers, grouped as far as it goes. */
export function formatBlock(block: string): string {
  return new AsYouType().input(block);
}

/** Stands for the digits that are not told. */
const MASK = "•••";

/** `+62 821 765 •••`: the numbers of a block, whose last three digits are not told. */
export function formatNumbersOf(block: string): string {
  return `${formatBlock(block)} ${MASK}`;
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string;
  name: string;
  /** Without the plus. */
  callingCode: string;
  /** A mobile number of the country, as written there. */
  example: string;
}

/** The countries a number may be of, by name. */
export const COUNTRIES: readonly Country[] = getCountries()
  .map((code) => ({
    code,
    name: countryName(code),
    callingCode: getCountryCallingCode(code),
    example: getExampleNumber(code, examples)?.formatNational() ?? "",
  }))
  .sort((one, other) => one.name.localeCompare(other.name, "en"));

/**
 * The country a browser's languages speak of: a first guess for a number's.
 *
 * @param acceptLanguage the header as it came
 */
export function likelyCountry(acceptLanguage: string | null): string {
  const countries = countriesIn(acceptLanguage ?? "");
  return countries.find((country) => COUNTRIES.some(({ code }) => code === country)) ?? "US";
}
