/** What the product's rules do while a scenario is played. */
import { z } from "zod";
import { RULE_MODES, type RuleMode } from "@/lib/terms/rules";
import { Fault } from "../../support/fault";
import type { Stage } from "./stage";

const Rules = z.object({ rows: z.array(z.object({ name: z.string() })) });

/** @param said such as enforce; none for the rules as they come @throws {Fault} naming what they may do */
export function modeNamed(said: string | undefined): RuleMode | undefined {
  const mode = RULE_MODES.find((each) => each === said);
  if (said !== undefined && !mode) throw new Fault(`--rules must be one of ${RULE_MODES.join(", ")}.`);
  return mode;
}

/** Has all rules do the same, with the thresholds that they come with. */
export async function setRules(stage: Stage, mode: RuleMode): Promise<void> {
  const { rows } = Rules.parse((await stage.call("GET", "/api/protection/rules")).body);
  for (const { name } of rows) {
    // A budget is what an owner can pay, and no rule about attacks.
    if (name.startsWith("spend_")) continue;
    const { status } = await stage.call("PUT", `/api/protection/rules/${name}`, { mode, author: "bench" });
    if (status !== 200) throw new Fault(`The rule ${name} cannot be set: ${status}.`);
  }
}
