/**
 * What a page of the dashboard is asked to show, from its URL.
 */
import { cache } from "react";
import type { ViewFault } from "@/components/dashboard/view-bar/faults";
import type { ViewParams } from "@/components/ui/view-url";
import { now } from "@/lib/clock";
import { MOST_MESSAGES, unlessTooMany } from "@/lib/insights/asking/reach";
import type { Sort } from "@/lib/insights/reports/destinations";
import { bucketCount, type Range } from "@/lib/insights/asking/range";
import type { ReportQuery } from "@/lib/insights/asking/report";
import { matureUntil } from "@/lib/insights/counting/maturity";
import { understand } from "./understood-params";
import type { Interval, RangeName } from "@/lib/terms/ranges";
import { DAY, HOUR } from "@/lib/terms/durations";
import { filterOf, isIn } from "@/lib/terms/dimensions";

export interface View {
  query: ReportQuery;
  /** A range that ends now, when it is one. */
  rangeName: RangeName | null;
  interval: Interval;
  sort: Sort;
  /** What the table of destinations is searched for. */
  search: string;
  live: boolean;
  /** When it was asked for. */
  at: Date;
  /** Rates are of what was requested before this. */
  matureUntil: Date;
  /** The parameters it comes from, for links: each filter as it was understood, so that all links mean the same by it. */
  params: ViewParams;
  /** What could not be understood of its address. */
  faults: readonly ViewFault[];
}

/** What keeps a view from being counted. */
export interface BadView {
  faults: { field: string; message: string }[];
  params: ViewParams;
}

/**
 * The view of a page's parameters. Those that cannot be understood are left out of it and named in `faults`.
 *
 * @param country the one that the page is of: a filter by another would be without effect
 */
export const viewOf = cache((given: ViewParams, country?: string): View => {
  const { data, params, faults } = understand(country === undefined ? given : withoutCountries(given));
  const { range, rangeName, filters, compare, interval, sort, q, live } = data;
  const ofCountry = country === undefined ? {} : { country: { in: [country], notIn: [] } };
  return {
    query: { range, filters: { ...filters, ...ofCountry }, compare },
    rangeName,
    interval: interval && bucketCount(range, interval) <= MOST_BUCKETS ? interval : intervalFor(range),
    sort,
    search: q ?? "",
    live: live === "1",
    at: now(),
    matureUntil: matureUntil(),
    params,
    faults,
  };
});

function withoutCountries({ country: _, "country!": __, ...params }: ViewParams): ViewParams {
  return params;
}

/**
 * What keeps a view from being counted, where that is from single messages, of which it would have to read too many; null when nothing does. That
 * too many reports are asked for is no reason: each panel says so.
 */
export async function beyondReach({ query, params }: View): Promise<BadView | null> {
  const reach = await unlessTooMany(query, () => Promise.resolve(null)).catch(() => null);
  if (!reach?.tooMany) return null;
  const message = `is counted from single messages, and more than ${MOST_MESSAGES.toLocaleString("en-US")} would have to be read here: take a shorter range, or one country`;
  const fields = Object.keys(params).filter((name) => isCountedByMessage(name));
  return { faults: fields.map((field) => ({ field, message })), params };
}

/** Whether a parameter filters by what cells do not know. */
function isCountedByMessage(parameter: string): boolean {
  const filter = filterOf(parameter);
  return filter !== undefined && !isIn("cell", filter.name);
}

/** More buckets than this cannot be told apart. */
export const MOST_BUCKETS = 1_000;

/** The interval that gives a series some 12 to 100 buckets. */
export function intervalFor({ from, to }: Range): Interval {
  const length = to.getTime() - from.getTime();
  if (length <= 12 * HOUR) return "quarter-hour";
  if (length <= 4 * DAY) return "hour";
  if (length <= 100 * DAY) return "day";
  return length <= 700 * DAY ? "week" : "month";
}
