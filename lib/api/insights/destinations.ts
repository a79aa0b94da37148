import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter, single } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { positionIn } from "../../insights/reports/destinations";
import { sortParameter } from "../../insights/reports/sort-parameter";
import { BREAKDOWNS } from "../../terms/dimensions";
import { answering, NO_CURSOR, report, tableCursor, tableLimit } from "./parameters";
import { count, DestinationBody, RangeBody, Row, StateBody } from "./rows";

export const insightsDestinations = {
  ...report,
  path: "/api/insights/destinations",
  id: "insightsDestinations",
  summary: "A row for each country",
  query: queryOf({
    ...compareParameter,
    by: single(z.enum(BREAKDOWNS, `must be one of ${BREAKDOWNS.join(", ")}`))
      .default("country")
      .meta({
        description:
          "`network` tells the networks of each country apart, `sender`, `channel` and `locale` what its messages were sent from, by and in.",
      }),
    sort: sortParameter,
    limit: tableLimit("destinations"),
    cursor: tableCursor,
  }).superRefine(({ by, sort, cursor }, context) => {
    if (cursor === undefined || positionIn(cursor, { by, sort })) return;
    context.addIssue({ code: "custom", path: ["cursor"], message: NO_CURSOR });
  }),
  answers: answering(
    "A page of rows; their totals are of all pages.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(DestinationBody.extend({ state: StateBody })),
      totals: Row,
      count,
      nextCursor: z.string().nullable(),
    }),
  ),
} as const satisfies Operation;
