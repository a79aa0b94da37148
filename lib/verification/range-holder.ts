/**
 * Who holds a number's range, as Google's libphonenumber lists it. Numbers move between networks, so the holder need not be
 * who serves the number today; some countries, the United States among them, publish none.
 */
import { plainName } from "../terms/country-names";
import holders from "./range-holders.json" with { type: "json" };

/** By calling code, the beginnings of each holder's numbers. */
const HOLDERS: Partial<Record<string, Record<string, string>>> = holders;

const rangesByCode = new Map<string, Ranges>();

/** Holders by the beginnings of national numbers. */
type Ranges = Readonly<Partial<Record<string, string>>>;

/**
 * @param callingCode without +, as in 55
 * @param nationalNumber the national significant number, digits only
 * @returns the holder's name in English; null where none is listed
 */
export function rangeHolder(callingCode: string, nationalNumber: string): string | null {
  const ranges = publishedRanges(callingCode);
  for (let length = nationalNumber.length; length > 0; length -= 1) {
    const holder = ranges[nationalNumber.slice(0, length)];
    if (holder) return holder;
  }
  return null;
}

/** The ranges of a calling code that are listed, always in the same order. */
export function publishedRanges(callingCode: string): Ranges {
  let ranges = rangesByCode.get(callingCode);
  if (!ranges) {
    ranges = Object.fromEntries(
      Object.entries(HOLDERS[callingCode] ?? {}).flatMap(([holder, prefixes]) =>
        prefixes.split(" ").map((prefix) => [prefix, holder] as const),
      ),
    );
    rangesByCode.set(callingCode, ranges);
  }
  return ranges;
}

/** The holders of a calling code's ranges, in the alphabet's order. */
export function holdersOf(callingCode: string): string[] {
  return Object.keys(HOLDERS[callingCode] ?? {}).sort((a, b) => a.localeCompare(b, "en"));
}

let spellings: Map<string, string> | undefined;

/** A holder as it is listed, whatever case and accents it is written in; null for a name that is none's. */
export function holderNamed(name: string): string | null {
  if (!spellings) {
    spellings = new Map();
    for (const holder of Object.values(HOLDERS).flatMap((holders) => Object.keys(holders ?? {}))) {
      // One that is written in several ways is found by each of them as it is.
      spellings.set(holder, holder);
      if (!spellings.has(plainName(holder))) spellings.set(plainName(holder), holder);
    }
  }
  return spellings.get(name) ?? spellings.get(plainName(name)) ?? null;
}
