/** The actions that this build has. Next says of each other one, in its own words and on the console, that there is none. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const Manifest = z.object({ node: z.record(z.string(), z.unknown()) });

/** Their ids. */
export function knownActions(): ReadonlySet<string> {
  const { node } = Manifest.parse(
    JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")),
  );
  return new Set(Object.keys(node));
}
