/** What rules do, and what they would have done. */
import { z } from "zod";
import type { Operation } from "../../http/operation";
import { RULE_MODES, RULE_NAMES, RULES } from "../../terms/rules";
import { count, moment } from "../insights/rows";
import { At, Author } from "./inputs";

const Name = z.enum(RULE_NAMES).meta({
  description: RULE_NAMES.map((name) => `\`${name}\`: ${RULES[name].explains}`).join(" "),
});

/** Whether a rule may have a threshold, and why not. */
export function thresholdFault(name: (typeof RULE_NAMES)[number], threshold: number): string | null {
  const { least, most } = RULES[name];
  return threshold < least || threshold > most ? `must be from ${least} to ${most}` : null;
}

const RuleBody = z
  .object({
    name: Name,
    mode: z.enum(RULE_MODES),
    threshold: z.number(),
    author: z.string(),
    changedAt: moment.nullable(),
  })
  .meta({ id: "Rule", description: "What a rule does, and from which threshold on." });

const BoundingRule = RuleBody.extend({
  perDay: z.number().nullable().meta({
    description:
      "The most that can be lost in a day while it is enforced, in US dollars. Null of rules that know an attack by its looks, and bound nothing.",
  }),
}).meta({ id: "BoundingRule" });

export const listRules = {
  method: "GET",
  path: "/api/protection/rules",
  id: "listRules",
  summary: "What rules do",
  caller: "operator",
  answers: { 200: { description: "All of them.", schema: z.object({ rows: z.array(BoundingRule) }) } },
  problems: [],
} as const satisfies Operation;

export const changeRuleOperation = {
  method: "PUT",
  path: "/api/protection/rules/{name}",
  id: "changeRule",
  summary: "Switch a rule off, have it watch, or enforce it",
  description: "It holds from the next message on, in every process.",
  caller: "operator",
  params: z.object({ name: Name }),
  body: z
    .strictObject({
      mode: z.enum(RULE_MODES),
      threshold: z.number().optional().meta({ description: "As it is where it is not said." }),
      author: Author,
    })
    .meta({ id: "RuleSettings" }),
  answers: { 200: { description: "It holds.", schema: RuleBody } },
  problems: ["not_found"],
} as const satisfies Operation;

const MOST_THRESHOLDS = 100;

export const rehearseOperation = {
  method: "POST",
  path: "/api/protection/rehearsals",
  id: "rehearseRule",
  summary: "What a rule would have refused",
  description:
    "By the figures that each decision of the last 30 days kept: what a threshold would have refused, what that would have saved, and how many of those were confirmed after all.",
  caller: "operator",
  body: z
    .strictObject({
      rule: Name,
      thresholds: z.array(z.number()).min(1, "must have at least one").max(MOST_THRESHOLDS),
      from: At.optional().meta({ description: "Without, 30 days ago." }),
      to: At.optional().meta({ description: "Without, now." }),
    })
    .meta({ id: "Rehearsal" }),
  answers: {
    200: {
      description: "The first threshold’s figures, and a row for each.",
      schema: z.object({
        refused: count,
        saved: z.number().meta({ description: "In US dollars." }),
        falsePositives: count,
        rows: z.array(
          z.object({ threshold: z.number(), refused: count, saved: z.number(), falsePositives: count }),
        ),
      }),
    },
  },
  problems: [],
} as const satisfies Operation;
