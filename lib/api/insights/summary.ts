import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { answering, report } from "./parameters";
import { ChangeBody, RangeBody, Row } from "./rows";

export const insightsSummary = {
  ...report,
  path: "/api/insights/summary",
  id: "insightsSummary",
  summary: "All messages of a range in one row",
  query: queryOf(compareParameter),
  answers: answering(
    "The row, and that of the range compared with.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      current: Row,
      previous: Row.nullable(),
      change: ChangeBody.nullable(),
    }),
  ),
} as const satisfies Operation;
