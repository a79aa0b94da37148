import { z } from "zod";
import type { Operation } from "../../http/operation";
import { queryOf } from "../../insights/asking/query";
import { answering, report } from "./parameters";
import { count, moment, RangeBody, rate } from "./rows";

export const insightsAlerts = {
  ...report,
  path: "/api/insights/alerts",
  id: "insightsAlerts",
  summary: "Conversion drops",
  description:
    "Destinations whose in-time conversion fell at least 15 points under that of the same time in the 14 days before, by more than chance explains; and networks that fell while their country's others did not.",
  query: queryOf({}, ["place"]),
  answers: answering(
    "Open ones first, then by what was lost.",
    z.object({
      range: RangeBody,
      rows: z.array(
        z.object({
          id: z.uuid(),
          kind: z.literal("conversion_drop"),
          country: z.string(),
          network: z.string().nullable().meta({ description: "Null where it is of all of the country." }),
          since: moment,
          openedAt: moment,
          until: moment.nullable(),
          open: z.boolean(),
          baseline: z.number(),
          baselineAttempted: count,
          attempted: count,
          confirmed: count,
          conversion: rate,
          conversionLow: rate,
          conversionHigh: rate,
          size: z.number().nullable(),
          lost: z.number().nullable(),
          wasted: z.number().nullable(),
          acknowledgedAt: moment
            .nullable()
            .meta({ description: "When somebody said that they have seen it." }),
          note: z.string().nullable().meta({ description: "What they know of it." }),
        }),
      ),
    }),
  ),
} as const satisfies Operation;
