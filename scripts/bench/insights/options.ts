/** The command line of `npm run bench:insights`. */
import { parseArgs } from "node:util";
import { Fault } from "../../support/fault";

const PARTS = ["http", "duckdb", "sends"] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  /** Numbers of messages, ascending. */
  sizes: number[];
  /** A file for the figures. */
  json?: string;
  /** What to leave out. */
  without: Set<Part>;
}

const DEFAULT_SIZES = "1000000,5000000,10000000";

/** Messages come in groups, and a size is made of whole ones. */
const UNIT = 1_000;

/** @throws {Fault} saying what an option may be */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: "string", default: DEFAULT_SIZES },
      json: { type: "string" },
      without: { type: "string", default: "" },
    },
  });
  const sizes = values.messages.split(",").map(Number);
  const ascend = sizes.every((size, i) => size > (sizes[i - 1] ?? 0) && size % UNIT === 0);
  if (!ascend) throw new Fault(`--messages must be ascending multiples of ${UNIT}, as ${DEFAULT_SIZES}.`);
  const without = values.without.split(",").filter(Boolean);
  const unknown = without.find((part) => !isPart(part));
  if (unknown) throw new Fault(`--without must be some of ${PARTS.join(",")}; it has "${unknown}".`);
  return { sizes, json: values.json, without: new Set(without.filter(isPart)) };
}

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}
