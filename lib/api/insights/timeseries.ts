import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter, intervalParameter } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { bucketCount, MAX_BUCKETS } from "../../insights/asking/range";
import { INTERVALS } from "../../terms/ranges";
import { answering, report } from "./parameters";
import { BucketBody, RangeBody } from "./rows";

export const insightsTimeseries = {
  ...report,
  path: "/api/insights/timeseries",
  id: "insightsTimeseries",
  summary: "A range in buckets",
  description:
    "Every bucket has a row. Buckets are local to `tz`: days have 23 or 25 hours where clocks change.",
  query: queryOf({
    ...compareParameter,
    interval: intervalParameter.default("day"),
  }).superRefine(({ range, interval }, context) => {
    const buckets = bucketCount(range, interval);
    if (buckets <= MAX_BUCKETS) return;
    const message = `makes ${buckets} buckets of this range; the most is ${MAX_BUCKETS}: take a longer one, or a shorter range`;
    context.addIssue({ code: "custom", path: ["interval"], message });
  }),
  answers: answering(
    "The buckets in order of time, and those of the range compared with.",
    z.object({
      range: RangeBody,
      interval: z.enum(INTERVALS),
      rows: z.array(BucketBody),
      previousRange: RangeBody.nullable(),
      previous: z.array(BucketBody).nullable(),
    }),
  ),
} as const satisfies Operation;
