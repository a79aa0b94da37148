import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter, limitOf } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { answering, report } from "./parameters";
import { DestinationBody, RangeBody } from "./rows";

const Reason = z.object({
  kind: z.enum(["error", "delivery", "network", "latency"]),
  words: z.string(),
  code: z.int().nullable().optional(),
  network: z.string().nullable().optional(),
});

export const insightsChanges = {
  ...report,
  path: "/api/insights/changes",
  id: "insightsChanges",
  summary: "What changed: destinations ranked by lost confirmations",
  query: queryOf({ ...compareParameter, limit: limitOf(1, 10).default(10) }),
  answers: answering(
    "Changes beyond noise, with their likeliest reasons; and what got better.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(DestinationBody.extend({ reasons: z.array(Reason) })),
      gains: z.array(DestinationBody),
    }),
  ),
} as const satisfies Operation;
