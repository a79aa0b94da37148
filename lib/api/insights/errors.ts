import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { answering, report } from "./parameters";
import { count, ErrorBody, RangeBody } from "./rows";

export const insightsErrors = {
  ...report,
  path: "/api/insights/errors",
  id: "insightsErrors",
  summary: "Why messages were not delivered, or not taken",
  query: queryOf(compareParameter),
  answers: answering(
    "A row for each of Twilio's codes.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(ErrorBody),
      totals: z.object({ errors: count, refused: count, attempted: count }),
    }),
  ),
} as const satisfies Operation;
