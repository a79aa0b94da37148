/** The command line of `npm run bench:verifications`. */
import { parseArgs } from "node:util";
import { Fault } from "../../support/fault";

const PARTS = ["peer", "inside", "two", "pgbouncer"] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  rounds: number;
  /** How long calls are made in each measurement, in seconds. */
  seconds: number;
  connections: number[];
  without: Set<Part>;
  /** Messages an hour that the product's own ceiling lets through; none for no ceiling. */
  ceiling: number | null;
  /** A file for the figures. */
  json?: string;
  /** A folder for a profile of the app. */
  profile?: string;
}

/** @throws {Fault} saying what an option may be */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      seconds: { type: "string" },
      connections: { type: "string" },
      without: { type: "string", default: "" },
      "no-ceiling": { type: "boolean", default: false },
      json: { type: "string" },
      profile: { type: "string" },
    },
  });
  const [rounds, seconds, connections] = values.quick ? ["1", "0.3", "4"] : ["5", "2", "1,16,64"];
  return {
    rounds: number("rounds", values.rounds ?? rounds, 1, 50),
    seconds: number("seconds", values.seconds ?? seconds, 0.1, 30),
    connections: (values.connections ?? connections)
      .split(",")
      .map((each) => number("connections", each, 1, 256)),
    without: partsIn(values.without),
    ceiling: values["no-ceiling"] ? null : MOST_AN_HOUR,
    json: values.json,
    profile: values.profile,
  };
}

/** As much as `MAX_MESSAGES_PER_HOUR` takes: it is looked at and drawn on at each start, and refuses none. */
const MOST_AN_HOUR = 10_000_000;

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Fault(`--${name} must be from ${least} to ${most}; it is "${text}".`);
}

function partsIn(text: string): Set<Part> {
  const names = text.split(",").filter(Boolean);
  const unknown = names.find((name) => !isPart(name));
  if (unknown) throw new Fault(`--without must be some of ${PARTS.join(",")}; it has "${unknown}".`);
  return new Set(names.filter(isPart));
}

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}
