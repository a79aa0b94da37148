/** Protection: what people say of destinations, what rules do, what could be lost, and what was decided. */
import { z } from "zod";
import type { Operation } from "../http/operation";
import { Country, isMoment, single } from "../insights/asking/parameters";
import { MOST_STEPS } from "../protection/breakers";
import { MOST_DECISIONS } from "../protection/decisions";
import { placeOf } from "../protection/place";
import {
  BREAKER_STATE_NAMES,
  BREAKER_STATES,
  BREAKER_STEPS,
  DESTINATION_MODE_NAMES,
  DESTINATION_MODES,
  RULE_MODES,
  RULE_NAMES,
  RULES,
  VERDICTS,
} from "../terms/rules";
import { MOST_REASON } from "../terms/limits";
import { count, moment } from "./insights/rows";

/** Why something was done, for those who read it later. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "must say why")
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "must be one line of plain text");

export const Reason = line(MOST_REASON).meta({
  description: "Why, in one line.",
  example: "Pumping on 24 November",
});

const Author = line(100)
  .default("API")
  .meta({ description: "Who says so, where it is not only a program.", example: "ana@example.com" });

const At = z
  .string()
  .refine(isMoment, "must be a moment such as 2026-11-16T14:15:00Z")
  .transform((text) => new Date(text))
  .meta({
    description: "A moment in ISO 8601; a date is its midnight UTC.",
    example: "2026-12-01T00:00:00Z",
  });

export const Place = z
  .string()
  .refine(
    (text) => placeOf(text) !== null,
    "must be a country such as BR, a network of it such as BR:Claro, or a block such as +5511987654",
  )
  .transform((text) => placeOf(text) ?? text)
  .meta({
    description: "`BR`, `BR:Claro`, or the block `+5511987654`: a number without its last three digits.",
  });

const placed = z.object({ place: Place });

/** What is said of a place; the page’s form is read by it, too. */
export const DestinationSettings = z
  .strictObject({
    mode: z.enum(DESTINATION_MODE_NAMES).meta({
      description: DESTINATION_MODE_NAMES.map((name) => `\`${name}\`: ${DESTINATION_MODES[name]}`).join(" "),
    }),
    perHour: z.int().min(0).max(1_000_000).nullable().default(null).meta({ description: "Of `cap`." }),
    reason: Reason,
    author: Author,
    until: At.nullable().default(null).meta({ description: "When it ends; null where it does not." }),
  })
  .superRefine(({ mode, perHour }, context) => {
    if ((mode === "cap") === (perHour !== null)) return;
    const message = mode === "cap" ? "must say how many messages an hour" : "is for the mode cap only";
    context.addIssue({ code: "custom", path: ["perHour"], message });
  })
  .meta({ id: "NewDestinationRule" });

const DestinationRuleBody = z
  .object({
    place: z.string(),
    mode: z.enum(DESTINATION_MODE_NAMES),
    perHour: count.nullable(),
    reason: z.string(),
    author: z.string(),
    writtenAt: moment,
    until: moment.nullable(),
  })
  .meta({ id: "DestinationRule", description: "What people have said of a destination." });

export const listDestinationRules = {
  method: "GET",
  path: "/api/protection/destinations",
  id: "listDestinationRules",
  summary: "What people have said of destinations",
  caller: "operator",
  answers: {
    200: {
      description: "What holds now, in order of the places.",
      schema: z.object({ rows: z.array(DestinationRuleBody) }),
    },
  },
  problems: [],
} as const satisfies Operation;

export const readDestinationRuleOperation = {
  method: "GET",
  path: "/api/protection/destinations/{place}",
  id: "readDestinationRule",
  summary: "What people have said of a destination",
  caller: "operator",
  params: placed,
  answers: { 200: { description: "It holds now.", schema: DestinationRuleBody } },
  problems: ["not_found"],
} as const satisfies Operation;

export const putDestinationRuleOperation = {
  method: "PUT",
  path: "/api/protection/destinations/{place}",
  id: "putDestinationRule",
  summary: "Allow, watch, block or cap a destination",
  description:
    "It holds from the next message on, in every process. The most particular counts: of a number’s block before its network before its country.",
  caller: "operator",
  params: placed,
  body: DestinationSettings,
  answers: { 200: { description: "It holds.", schema: DestinationRuleBody } },
  problems: ["not_found"],
} as const satisfies Operation;

export const deleteDestinationRule = {
  method: "DELETE",
  path: "/api/protection/destinations/{place}",
  id: "deleteDestinationRule",
  summary: "Take back what was said of a destination",
  caller: "operator",
  params: placed,
  answers: { 204: { description: "It holds no more." } },
  problems: ["not_found"],
} as const satisfies Operation;

const ExposedPlace = z.object({
  place: z.string().meta({
    description: "A country; `first` is all countries together that had no confirmation in two weeks.",
    example: "BR",
  }),
  allowance: count.meta({
    description:
      "The most messages that nobody answers within a day, before rules refuse what is more: unanswered, in flight and failed, of strangers and of exempt numbers. It grows with what is confirmed.",
  }),
  unanswered: count.meta({ description: "Those of the last day, what is in flight included." }),
  price: z.number().meta({ description: "Of a message." }),
  perDay: z.number().meta({ description: "`allowance` × `price`." }),
});

export const readExposureOperation = {
  method: "GET",
  path: "/api/protection/exposure",
  id: "readExposure",
  summary: "The most that can be lost in a day",
  description:
    "To messages that nobody answers, whatever an attacker does, while the rule `exposure` is enforced; while it is not, what it would be.",
  caller: "operator",
  answers: {
    200: {
      description: "In all and of each destination, the most first.",
      schema: z.object({
        currency: z.literal("USD"),
        mode: z.enum(RULE_MODES),
        perDay: z.number(),
        rows: z.array(ExposedPlace),
      }),
    },
  },
  problems: [],
} as const satisfies Operation;

const BreakerBody = z
  .object({
    place: z.string(),
    state: z.enum(BREAKER_STATE_NAMES).meta({
      description: BREAKER_STATE_NAMES.map((name) => `\`${name}\`: ${BREAKER_STATES[name]}`).join(" "),
    }),
    openedAt: moment,
    room: count.meta({ description: "How many messages may be sent at once." }),
    nextTryAt: moment.meta({ description: "When one may be tried, where there is no room." }),
    confirmed: count.meta({ description: "Since it opened." }),
    needed: count.meta({ description: "With how many confirmed it closes." }),
  })
  .meta({ id: "Breaker", description: "A destination that is refused, or opened again by degrees." });

const BreakerStepBody = z
  .object({
    place: z.string(),
    at: moment,
    step: z.enum(BREAKER_STEPS),
    unanswered: count.meta({ description: "What it was opened for." }),
    allowed: count.meta({ description: "How many of those may be." }),
    confirmed: count.meta({ description: "Since it opened." }),
  })
  .meta({ id: "BreakerStep", description: "A change of a breaker." });

export const listBreakers = {
  method: "GET",
  path: "/api/protection/breakers",
  id: "listBreakers",
  summary: "Destinations that are refused, and how they open again",
  description: `Where more is unanswered than may be, and the rule \`exposure\` is enforced, the destination’s breaker opens. One message is tried then, and each that is confirmed makes room for two more. Its steps are kept for 30 days; the newest ${MOST_STEPS} are here.`,
  caller: "operator",
  answers: {
    200: {
      description: "Those that are not closed, and the steps of all, the newest first.",
      schema: z.object({ rows: z.array(BreakerBody), steps: z.array(BreakerStepBody) }),
    },
  },
  problems: [],
} as const satisfies Operation;

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

export const listRules = {
  method: "GET",
  path: "/api/protection/rules",
  id: "listRules",
  summary: "What rules do",
  caller: "operator",
  answers: { 200: { description: "All of them.", schema: z.object({ rows: z.array(RuleBody) }) } },
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

/** A number or a block of numbers. */
export const SafeSubject = z
  .string()
  .trim()
  .regex(/^\+\d{4,15}$/, "must be a number such as +5511987654321, or a block such as +5511987654")
  .meta({
    description: "A number, or a block: a number without its last three digits.",
    example: "+5511987654",
  });

const SafeBody = z
  .object({ subject: z.string(), reason: z.string(), author: z.string(), writtenAt: moment })
  .meta({ id: "SafeEntry", description: "What rules about destinations leave alone." });

const SAFE_LIST = "/api/protection/safe-list";

export const listSafe = {
  method: "GET",
  path: SAFE_LIST,
  id: "listSafe",
  summary: "Numbers and blocks that rules about destinations leave alone",
  caller: "operator",
  answers: { 200: { description: "The newest first.", schema: z.object({ rows: z.array(SafeBody) }) } },
  problems: [],
} as const satisfies Operation;

export const addSafe = {
  method: "POST",
  path: SAFE_LIST,
  id: "addSafe",
  summary: "Put a number or a block on the safe list",
  caller: "operator",
  body: z.strictObject({ subject: SafeSubject, reason: Reason, author: Author }).meta({ id: "NewSafeEntry" }),
  answers: { 201: { description: "It is on it.", schema: SafeBody } },
  problems: [],
} as const satisfies Operation;

export const removeSafe = {
  method: "DELETE",
  path: SAFE_LIST,
  id: "removeSafe",
  summary: "Take a number or a block off the safe list",
  description: "Which is said in the body: a number stands in no address.",
  caller: "operator",
  body: z.strictObject({ subject: SafeSubject }).meta({ id: "SafeSubject" }),
  answers: { 204: { description: "It is off." } },
  problems: ["not_found"],
} as const satisfies Operation;

const DecisionBody = z
  .object({
    id: z.uuid(),
    at: moment,
    verificationId: z.uuid().nullable().meta({ description: "Null where none was started." }),
    country: z.string(),
    network: z.string().nullable(),
    block: z.string(),
    verdict: z.enum(VERDICTS),
    exempt: z.boolean().meta({
      description:
        "Whether the number is on the safe list, or signed in within 90 days: rules about destinations leave it alone.",
    }),
    fired: z
      .array(z.looseObject({ rule: z.string(), mode: z.string(), place: z.string().nullish() }))
      .meta({ description: "The rules that would refuse it, each with its figures." }),
  })
  .meta({ id: "Decision", description: "What was decided of a message that was asked for." });

export const listDecisions = {
  method: "GET",
  path: "/api/protection/decisions",
  id: "listDecisions",
  summary: "What was decided of messages",
  description: `Of the last 30 days, the newest ${MOST_DECISIONS} first.`,
  caller: "operator",
  query: z.strictObject({
    country: single(Country).optional(),
    verdict: single(z.enum(VERDICTS, `must be one of ${VERDICTS.join(", ")}`)).optional(),
    to: single(At).optional().meta({ description: "Those before this moment." }),
  }),
  answers: { 200: { description: "Those there are.", schema: z.object({ rows: z.array(DecisionBody) }) } },
  problems: [],
} as const satisfies Operation;

/** All of them, in the document's order. */
export const PROTECTION_OPERATIONS: readonly Operation[] = [
  listDestinationRules,
  readDestinationRuleOperation,
  putDestinationRuleOperation,
  deleteDestinationRule,
  readExposureOperation,
  listBreakers,
  listRules,
  changeRuleOperation,
  rehearseOperation,
  listSafe,
  addSafe,
  removeSafe,
  listDecisions,
];
