import { z } from "zod";
import type { Operation } from "../../http/operation";
import { queryOf } from "../../insights/asking/query";
import { answering, filePart, report } from "./parameters";
import { count, RangeBody, rate, seconds } from "./rows";

export const insightsFeedback = {
  ...report,
  path: "/api/insights/feedback",
  id: "insightsFeedback",
  summary: "Whether Twilio has been told of every confirmed message",
  description: "The backlog but for what is refused is of now, whatever the range and the filters.",
  query: queryOf({ part: filePart(["totals", "refusals"]) }),
  answers: answering(
    "Coverage, lag and backlog.",
    z.object({
      range: RangeBody,
      confirmed: count,
      reported: count,
      coverage: rate,
      lag: z.object({ n: count, p50: seconds, p95: seconds }),
      backlog: z.object({ pending: count, retrying: count, refused: count, oldestSeconds: seconds }),
      refusals: z.array(z.object({ error: z.string(), messages: count })),
    }),
  ),
} as const satisfies Operation;
