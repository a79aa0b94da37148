import { z } from "zod";
import type { Operation } from "../../http/operation";
import { queryOf } from "../../insights/asking/query";
import { blockAfter } from "../../insights/reports/blocks";
import { answering, NO_CURSOR, report, tableCursor, tableLimit } from "./parameters";
import { count, RangeBody, rate, rowFields, StateBody } from "./rows";

export const insightsBlocks = {
  ...report,
  path: "/api/insights/blocks",
  id: "insightsBlocks",
  summary: "A row for each 1k block",
  description: "Counted from single messages: where more than 500,000 would have to be read it is refused.",
  query: queryOf({ limit: tableLimit("blocks"), cursor: tableCursor }).superRefine(({ cursor }, context) => {
    if (cursor === undefined || blockAfter(cursor)) return;
    context.addIssue({ code: "custom", path: ["cursor"], message: NO_CURSOR });
  }),
  answers: answering(
    "The blocks with the most messages.",
    z.object({
      range: RangeBody,
      rows: z.array(
        z.object({
          block: z.string(),
          country: z.string(),
          network: z.string().nullable(),
          ...rowFields,
          share: rate,
          numbers: count,
          neighbours: count,
          state: StateBody,
        }),
      ),
      count,
      nextCursor: z.string().nullable(),
      attempted: count,
      topBlockShare: rate,
      sequentiality: rate,
    }),
  ),
} as const satisfies Operation;
