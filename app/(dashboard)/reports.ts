/**
 * The reports of a page, each read once however many of its panels show it.
 */
import { cache } from "react";
import { asksByFate, asksMessages, asksOfNetworks, asksOfParts } from "@/lib/insights/asking/filters";
import { inPlace } from "@/lib/insights/asking/places";
import { lengthsRatio, type ReportQuery } from "@/lib/insights/asking/report";
import { together } from "@/lib/insights/asking/together";
import { readAlerts, type Alert } from "@/lib/insights/reports/alerts";
import { readChanges } from "@/lib/insights/reports/changes";
import { readDestination } from "@/lib/insights/reports/destination";
import { readDestinations } from "@/lib/insights/reports/destinations";
import { readErrors, type ErrorRow } from "@/lib/insights/reports/errors";
import { readFeedback } from "@/lib/insights/reports/feedback";
import { readFindings } from "@/lib/insights/reports/findings";
import { readSparklines } from "@/lib/insights/reports/sparklines";
import { readSummary, type Summary } from "@/lib/insights/reports/summary";
import { readTimeseries } from "@/lib/insights/reports/timeseries";
import { soonOr } from "./panels/soon-or-later";
import type { View } from "./view";

/**
 * A report of a page. A page's view is one object, so its panels share the answer; and with other pages that ask the same at the same time the
 * making of it. It takes a place for all of its work.
 */
function reportOf<Report, Others extends string[]>(
  name: string,
  read: (view: View, ...others: Others) => Promise<Report>,
): (view: View, ...others: Others) => Promise<Report> {
  return cache((view: View, ...others: Others) => {
    const { query, interval, sort } = view;
    const slow = asksMessages(query.filters);
    const key = JSON.stringify(["page", name, query, interval, sort, others]);
    return together(key, () => inPlace(() => read(view, ...others), { slow }));
  });
}

export const summaryOf = reportOf("summary", async ({ query }) => comparable(await readSummary(query)));
export const timeseriesOf = reportOf("timeseries", ({ query, interval }) => readTimeseries(query, interval));
export const destinationsOf = reportOf("destinations", ({ query, sort }) =>
  readDestinations(query, { sort }),
);
export const sparklinesOf = reportOf("sparklines", ({ query }) => readSparklines(query));
const alertsOf = reportOf("alerts", ({ query }) => readAlerts(query));
export const changesOf = reportOf("changes", ({ query }) => readChanges(query));
export const errorsOf = reportOf("errors", async ({ query }) => {
  const report = await readErrors(query);
  return { ...report, rows: ofAsLongATime(report.rows, query) };
});
export const destinationOf = reportOf("destination", async ({ query, sort }, country: string) => {
  const report = await readDestination(query, country, { sort });
  return { ...report, errors: ofAsLongATime(report.errors, query) };
});
/** A country's messages by how they were sent, most first. */
export const sentOf = reportOf("sent", ({ query }, country: string, by: "sender" | "locale") => {
  const filters = { ...query.filters, country: { in: [country], notIn: [] } };
  return readDestinations({ ...query, filters }, { by, sort: { key: "attempted", descending: true } });
});
export const feedbackOf = reportOf("feedback", ({ query }) => readFeedback(query));

/**
 * The alerts that a page tells of: none where they are of other messages than the view. A network's own is told where its country's does not
 * speak of that time, or where the view is of networks.
 */
const toldAlertsOf = cache(async (view: View): Promise<Alert[]> => {
  const { filters } = view.query;
  const ofNetworks = asksOfNetworks(filters);
  if (asksByFate(filters) || (asksOfParts(filters) && !ofNetworks)) return [];
  const { rows } = await alertsOf(view);
  return rows.filter((alert) => ofNetworks || !isSpokenOf(alert, rows));
});

/** How many there are, as far as a page's first bytes can wait to know. Unknown is none: the panel itself says what could not be read. */
export function toldCountOf(view: View): Promise<number> {
  const told = toldAlertsOf(view).then(
    ({ length }) => length,
    () => 0,
  );
  return soonOr(told, 0);
}

export const findingsOf = cache(async (view: View) => {
  const told = await toldAlertsOf(view);
  return inPlace(() => readFindings(view.query, told));
});

/** Networks' own findings that are still open, which pages do not tell of where their country's speaks of that time: its networks' rows do. */
export const openNetworkFindingsOf = cache(async (view: View) => {
  const [told, { rows }] = await Promise.all([findingsOf(view), alertsOf(view)]);
  const untold = rows.filter(
    ({ id, network, open }) => network !== null && open && told.every((finding) => finding.id !== id),
  );
  const read = untold.length > 0 ? await inPlace(() => readFindings(view.query, untold)) : [];
  return [...told.filter(({ network, open }) => network !== null && open), ...read];
});

/** Whether a network's finding is within a time that its country has one of. */
function isSpokenOf({ country, network, since, until }: Alert, all: readonly Alert[]): boolean {
  if (network === null) return false;
  const end = (moment: Date | null) => moment?.getTime() ?? Infinity;
  return all.some(
    (other) =>
      other.network === null &&
      other.country === country &&
      other.since.getTime() < end(until) &&
      since.getTime() < end(other.until),
  );
}

/** Against almost nothing every change is enormous, and means nothing: then pages compare with nothing. */
function comparable(report: Summary): Summary {
  return report.previous?.lowSample ? { ...report, previous: null, change: null } : report;
}

/** Counts before, as they would have been in a time as long as the range. */
function ofAsLongATime(rows: readonly ErrorRow[], query: ReportQuery): ErrorRow[] {
  const ratio = lengthsRatio(query);
  return rows.map((row) => ({ ...row, previous: row.previous && Math.round(row.previous * ratio) }));
}

/** Whether there is no message at all. Unknown is no: then each panel says that it could not be read. */
export async function isEmpty(view: View): Promise<boolean> {
  const { current } = await summaryOf(view).catch(() => ({ current: null }));
  return current !== null && current.attempted + current.refused + current.unknown === 0;
}
