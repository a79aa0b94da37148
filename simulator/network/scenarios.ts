import { ControlError } from "../controls/control-error";
import { countryOf } from "./countries";
import type { Route } from "./route";

/** Its latency lies evenly between the shortest and the longest, in seconds. */
export type EvenRoute = Route<readonly [least: number, most: number]>;

interface Scenario {
  /** The countries it changes; the rest of the world has the usual route. */
  readonly countries: readonly string[];
  /** Of these countries only the numbers that begin so, when not all. */
  readonly prefixes?: readonly string[];
  readonly route: EvenRoute;
}

const USUAL_ROUTE: EvenRoute = { undelivered: 0, errors: [[30003, 1]], latency: [1, 4] };

const TELKOMSEL = ["811", "812", "813", "821", "822", "823", "851", "852", "853"].map(
  (range) => `+62${range}`,
);

/**
 * States of the world, by name. `pumping` and `launch-day` deliver as `calm` does: what they change is who asks for messages and how
 * many do, and that is up to whoever makes the traffic.
 */
const SCENARIOS = {
  calm: { countries: [], route: USUAL_ROUTE },
  "carrier-outage": {
    countries: ["BR", "ID"],
    route: { ...USUAL_ROUTE, undelivered: 0.9, latency: [5, 20] },
  },
  // All ranges of Indonesia's Telkomsel: the outage that the demo's sample history ends in.
  "network-outage": {
    countries: ["ID"],
    prefixes: TELKOMSEL,
    route: {
      undelivered: 0.95,
      errors: [
        [30003, 68],
        [30005, 29],
        [30008, 3],
      ],
      latency: [5, 60],
    },
  },
  // The same ranges, whose messages are lost although "sent".
  "silent-outage": {
    countries: ["ID"],
    prefixes: TELKOMSEL,
    route: { ...USUAL_ROUTE, silent: true },
  },
  "slow-route": { countries: ["IN"], route: { ...USUAL_ROUTE, latency: [45, 240] } },
  pumping: { countries: [], route: USUAL_ROUTE },
  "launch-day": { countries: [], route: USUAL_ROUTE },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES: readonly string[] = Object.keys(SCENARIOS);

/** Throws a `ControlError` naming the scenarios there are. */
export function parseScenarioName(input: unknown): ScenarioName {
  if (isScenarioName(input)) return input;
  throw new ControlError(422, `name must be one of ${SCENARIO_NAMES.join(", ")}`, "name");
}

function isScenarioName(input: unknown): input is ScenarioName {
  return typeof input === "string" && Object.hasOwn(SCENARIOS, input);
}

/** The countries a scenario changes, ISO 3166-1. */
export const affectedCountries = (name: ScenarioName): readonly string[] => SCENARIOS[name].countries;

/** How a message to this number fares in a scenario. */
export function routeTo(number: string, name: ScenarioName): EvenRoute {
  const scenario: Scenario = SCENARIOS[name];
  const { countries, prefixes = ["+"], route } = scenario;
  const changed =
    countries.includes(countryOf(number) ?? "") && prefixes.some((prefix) => number.startsWith(prefix));
  return changed ? route : USUAL_ROUTE;
}
