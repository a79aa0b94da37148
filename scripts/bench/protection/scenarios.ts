/** All scenarios, by name: attacks first. The settings are the same for all of them. */
import { Fault } from "../../support/fault";
import { ATTACKS } from "./attacks";
import { HONEST } from "./honest";
import type { Scenario } from "./programme";

const SCENARIOS: Readonly<Record<string, Scenario>> = { ...ATTACKS, ...HONEST };

/** @param name of one; none for all @throws {Fault} naming those there are */
export function scenariosNamed(name?: string): [name: string, scenario: Scenario][] {
  const all = Object.entries(SCENARIOS);
  if (name === undefined) return all;
  const scenario = SCENARIOS[name];
  if (!scenario)
    throw new Fault(`--scenario must be one of ${all.map(([each]) => each).join(", ")}; it is "${name}".`);
  return [[name, scenario]];
}
