/**
 * What is compared: three reports, as our library answers them, as figures under the names that every side's answer has.
 */
import type { Counts } from "@/lib/insights/counting/counts";
import { readDestinations } from "@/lib/insights/reports/destinations";
import type { InsightsRow } from "@/lib/insights/asking/metrics";
import { bucketStarts, largestSpan, type Range } from "@/lib/insights/asking/range";
import type { Filters } from "@/lib/insights/asking/filters";
import type { Compare } from "@/lib/terms/ranges";
import { readSummary } from "@/lib/insights/reports/summary";
import type { Question } from "@/lib/insights/asking/question";
import { ask } from "@/lib/insights/asking/tallies";
import { tableOf } from "@/lib/terms/names";
import { readTimeseries } from "@/lib/insights/reports/timeseries";

export const REPORTS = ["summary", "timeseries", "destinations"] as const;
export type Report = (typeof REPORTS)[number];

export const REPORT_WORDS: Record<Report, string> = {
  summary: "Summary",
  timeseries: "Series of UTC days",
  destinations: "Destination table",
};

/** What a whole answer and one of counts only have: rows by their key ("", a day or a country), and figures by name. */
export type Figures = Map<string, Record<string, number | null>>;

/** The counts that the rows of `message` alone tell, without feedback and verifications. */
const MESSAGE_COUNTS = [
  "attempted",
  "statusOk",
  "errors",
  "inFlight",
  "canceled",
  "refused",
  "unknown",
  "delivered",
  "confirmed",
  "late",
  "contradicted",
] as const satisfies (keyof Counts)[];

/** Asks the library for the counts of messages only. */
export async function countsOnly(report: Report, range: Range): Promise<Figures> {
  const starts = bucketStarts(range, "day");
  const question: Question = {
    periods: [range],
    filters: {},
    only: [...MESSAGE_COUNTS],
    ...(report === "destinations" && { by: ["country"] }),
    ...(report === "timeseries" && { buckets: { starts, longest: largestSpan(starts) } }),
  };
  const found = await ask(question);
  return new Map(
    found.map(({ country = "", bucket, all }) => [
      bucket === undefined ? country : dayOf(starts[bucket] ?? range.to),
      pick(all.counts, MESSAGE_COUNTS),
    ]),
  );
}

/** Asks the library for the whole report. */
export async function wholeAnswer(
  report: Report,
  range: Range,
  { compare = "none", filters = {} }: { compare?: Compare; filters?: Filters } = {},
): Promise<Figures> {
  const query = { range, filters, compare };
  switch (report) {
    case "summary": {
      const { current } = await readSummary(query);
      return new Map([["", figuresOf(current, current.mature)]]);
    }
    case "timeseries": {
      const { rows } = await readTimeseries(query, "day");
      const filled = rows.filter((row) => row.attempted + row.refused + row.unknown > 0);
      return new Map(filled.map((row) => [dayOf(row.start), figuresOf(row, row.matureCounts)]));
    }
    case "destinations": {
      const { rows } = await readDestinations(query, { sort: { key: "attempted", descending: true } });
      return new Map(rows.map((row) => [row.country, figuresOf(row, row.mature)]));
    }
  }
}

function figuresOf(
  row: Omit<InsightsRow, "mature">,
  mature: InsightsRow["mature"],
): Record<string, number | null> {
  const [spend] = row.spend;
  return {
    ...pick(row, [...MESSAGE_COUNTS, "reported", "verifications", "approved", "resent", "recovered"]),
    matureAttempted: mature.attempted,
    matureConfirmed: mature.confirmed,
    matureVerifications: mature.verifications,
    matureApproved: mature.approved,
    priced: spend?.priced ?? 0,
    spend: spend?.amount ?? 0,
    wasted: spend?.wasted ?? 0,
    confirmP50: row.timeToConfirm?.p50 ?? null,
    confirmP90: row.timeToConfirm?.p90 ?? null,
    confirmP99: row.timeToConfirm?.p99 ?? null,
    deliveryP50: row.deliveryLatency?.p50 ?? null,
    deliveryP95: row.deliveryLatency?.p95 ?? null,
  };
}

/** The day that a clipped first bucket lies in, too. */
function dayOf(start: Date): string {
  return start.toISOString().slice(0, 10);
}

function pick<Name extends keyof Counts>(row: Counts, names: readonly Name[]): Record<Name, number> {
  return tableOf(names, (name) => row[name]);
}
