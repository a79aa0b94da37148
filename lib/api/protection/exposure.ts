/** What could be lost, and what is refused for it. */
import { z } from "zod";
import type { Operation } from "../../http/operation";
import { MOST_STEPS } from "../../protection/breakers";
import { BREAKER_STATE_NAMES, BREAKER_STATES, BREAKER_STEPS, RULE_MODES } from "../../terms/rules";
import { count, moment } from "../insights/rows";

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
