import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** The ISO 3166-1 country of an E.164 number; undefined where there is none or it cannot be told. */
export function countryOf(number: string): string | undefined {
  return parsePhoneNumberFromString(number)?.country;
}
