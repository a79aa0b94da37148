/** What people say of destinations. */
import { z } from "zod";
import type { Operation } from "../../http/operation";
import { DESTINATION_MODE_NAMES, DESTINATION_MODES } from "../../terms/rules";
import { count, moment } from "../insights/rows";
import { At, Author, Place, Reason } from "./inputs";

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
