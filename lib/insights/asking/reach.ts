/**
 * What is counted message by message, where cells cannot tell, and how far that goes.
 */
import { sql } from "../../db";
import type { Period } from "../counting/spans";
import { asksMessages, indexedFilters, withinPeriods, type Filters } from "./filters";
import { read } from "./read";
import { periodsOf, type ReportQuery } from "./report";

/** The most messages that are read one by one for a report. */
export const MOST_MESSAGES = 500_000;

/** A report, or that too many messages would have to be read for it. */
export type Reach<Report> = { tooMany: true } | { tooMany: false; report: Report };

/** A report that reads messages where its filters ask for that, and cells, of which there are never too many, elsewhere. */
export async function unlessTooMany<Report>(
  query: ReportQuery,
  count: () => Promise<Report>,
): Promise<Reach<Report>> {
  return asksMessages(query.filters)
    ? withinReach(periodsOf(query), query.filters, count)
    : { tooMany: false, report: await count() };
}

/**
 * A report that reads the messages of some periods: too many when more than MOST_MESSAGES would have to be looked at, which are those
 * that an index finds, whatever the other filters leave of them.
 */
export async function withinReach<Report>(
  periods: readonly Period[],
  filters: Filters,
  count: () => Promise<Report>,
): Promise<Reach<Report>> {
  const [{ tooMany }] = await read<[{ tooMany: boolean }]>`
    select count(*) > ${MOST_MESSAGES}::int as "tooMany" from (
      select from message m where ${withinPeriods(sql`m.requested_at`, periods)} ${indexedFilters(filters)}
      limit ${MOST_MESSAGES + 1}::int
    ) found`;
  return tooMany ? { tooMany } : { tooMany, report: await count() };
}
