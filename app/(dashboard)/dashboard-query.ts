import { z } from "zod";
import { compareParameter, intervalParameter, single } from "@/lib/insights/asking/parameters";
import { queryOf } from "@/lib/insights/asking/query";
import { sortParameter } from "@/lib/insights/reports/sort-parameter";

/** What a page of the dashboard takes: the same, and what only pages have. */
export const dashboardQuery = queryOf({
  ...compareParameter,
  interval: intervalParameter.optional(),
  sort: sortParameter,
  /** What the table of destinations is searched for. */
  q: single(z.string().max(100)).optional(),
  cursor: single(z.string().max(200)).optional(),
  live: single(z.enum(["1"], "must be 1")).optional(),
  view: single(z.string().max(40)).optional(),
});
