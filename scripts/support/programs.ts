/** How our programs are started, by others of ours and by tests: each from its bundle. */
import path from "node:path";
import { bundle } from "./bundle";

/** What is started as a process of its own. */
export const PROGRAMS = [
  "scripts/app.ts",
  "scripts/demo.ts",
  "scripts/insights.ts",
  "scripts/mend-times.ts",
  "scripts/server/pages/process.ts",
  "scripts/traffic.ts",
  "scripts/worker.ts",
  "simulator/main.ts",
  "tests/support/teller.ts",
] as const;

export type Program = (typeof PROGRAMS)[number];

/** In a bundle, its folder: that is written in this name's place. */
declare const BUNDLED_IN: string | undefined;

/** Where this process itself runs from, and all that it starts. */
const ownBundle = typeof BUNDLED_IN === "string" ? BUNDLED_IN : undefined;

let bundled: Promise<string> | undefined;

/**
 * What node is to be given to run a program. It is bundled first, unless that has been done.
 *
 * The names in stacks are ours as they are. For lines of the sources have NODE_OPTIONS=--enable-source-maps: node then reads the maps of all
 * packages, too, a quarter of the time in which the pages' process starts.
 */
export async function nodeArguments(program: Program): Promise<string[]> {
  const folder = ownBundle ?? (await (bundled ??= bundle(PROGRAMS)));
  return [fileIn(folder, program)];
}

/** The file of a program that is to be read as this one is: from its bundle, or from its source by tsx. */
export function programFile(program: Program): string {
  return ownBundle ? fileIn(ownBundle, program) : path.resolve(program);
}

function fileIn(folder: string, program: Program): string {
  return path.join(folder, program.replace(/\.ts$/, ".mjs"));
}
