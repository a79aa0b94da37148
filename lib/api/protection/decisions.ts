/** What was decided of messages. */
import { z } from "zod";
import type { Operation } from "../../http/operation";
import { Country, single } from "../../insights/asking/parameters";
import { MOST_DECISIONS } from "../../protection/decisions";
import { VERDICTS } from "../../terms/rules";
import { moment } from "../insights/rows";
import { At } from "./inputs";

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
