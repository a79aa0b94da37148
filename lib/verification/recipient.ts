/**
 * The number a verification goes to: whether it can get an SMS, and the destination it counts for.
 */
import parsePhoneNumber, {
  isSupportedCountry,
  type CountryCode,
  type PhoneNumber,
  type PhoneNumberType,
} from "libphonenumber-js/max";
import { simulated } from "../env";
import { typedNumber } from "../terms/typed-text";
import { rangeHolder } from "./range-holder";

/** A number that can get an SMS, with its destination. */
export interface Recipient {
  /** E.164, for example `+14155550123`. */
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Who holds the number's range, which need not be who serves it now; null where that is not published. */
  network: string | null;
  /** Its 1k block: E.164 without the last three digits. */
  block: string;
  /** What kind of line it is, where that should not receive codes; missing of all others. */
  lineType?: "voip";
}

/** What a text says: a recipient, or why it is none, in words for the person who typed it. */
export type RecipientReading = { ok: true; recipient: Recipient } | { ok: false; why: string };

/** The kinds of numbers that get no SMS, or at a price nobody expects. Fixed and mobile are one range in some countries. */
const NO_SMS: Partial<Record<PhoneNumberType, string>> = {
  FIXED_LINE: "is a landline, which gets no text messages; give a mobile number",
  TOLL_FREE: "is a toll-free number, which gets no text messages; give a mobile number",
  PREMIUM_RATE: "is a premium-rate number; give a mobile number",
  SHARED_COST: "is a shared-cost number; give a mobile number",
  PERSONAL_NUMBER: "is a personal forwarding number; give the mobile number behind it",
  UAN: "is a company's access number; give a mobile number",
  VOICEMAIL: "is a voicemail box; give a mobile number",
  PAGER: "is a pager; give a mobile number",
};

/**
 * Numbers that no numbering plan assigns and that are taken all the same: Twilio's own test numbers, and, where messages go
 * to the simulator, those Ofcom reserves for films and manuals.
 */
const TEST_NUMBERS: { pattern: RegExp; country: CountryCode; onlySimulated: boolean }[] = [
  { pattern: /^\+1500555\d{4}$/, country: "US", onlySimulated: false },
  { pattern: /^\+447700900\d{3}$/, country: "GB", onlySimulated: true },
];

/** The longest text a number is looked for in, in characters: E.164 has 15 digits, and people type spaces and brackets. */
const MAX_LENGTH = 40;

/**
 * Reads a number as people write it, in any script's digits: spaces, dashes and brackets mean nothing, nor what nobody sees.
 *
 * @param text international with `+`, or national when a country is given
 * @param country the country of a national number, ISO 3166-1 alpha-2
 */
export function parseRecipient(text: string, country?: string): RecipientReading {
  // A character is two units of a text at most.
  if (text.length > 2 * MAX_LENGTH || Array.from(text).length > MAX_LENGTH) {
    return unusable("is too long for a phone number");
  }
  const parsed = parsePhoneNumber(typedNumber(text), {
    defaultCountry: country !== undefined && isSupportedCountry(country) ? country : undefined,
    extract: false,
  });
  if (!parsed) {
    return unusable("is not a phone number; write it with + and the country's code, as in +14155550123");
  }
  if (parsed.ext) return unusable("has an extension, and text messages reach none; give a mobile number");
  const test = TEST_NUMBERS.find(({ pattern, onlySimulated }) => {
    return pattern.test(parsed.number) && (!onlySimulated || simulated());
  });
  if (test) return usable(parsed, test.country);
  if (!parsed.isValid()) {
    return unusable("is not a number that is in use anywhere; check the country's code and every digit");
  }
  // +800, +881 and the like belong to no country, so they have no destination to count for.
  if (!parsed.country) return unusable("belongs to no country; give a mobile number of a country");
  const refused = NO_SMS[parsed.getType() ?? "UAN"];
  return refused ? unusable(refused) : usable(parsed, parsed.country);
}

function usable(parsed: PhoneNumber, country: string): RecipientReading {
  const { number, countryCallingCode, nationalNumber } = parsed;
  const network = rangeHolder(countryCallingCode, nationalNumber);
  const recipient = { number, country, network, block: number.slice(0, -3) };
  return {
    ok: true,
    recipient: parsed.getType() === "VOIP" ? { ...recipient, lineType: "voip" } : recipient,
  };
}

function unusable(why: string): RecipientReading {
  return { ok: false, why };
}

/** The country of a number in E.164 that we know to be one; the United States' where it belongs to none. */
export function countryOf(number: string): string {
  const reading = parseRecipient(number);
  return reading.ok ? reading.recipient.country : "US";
}
