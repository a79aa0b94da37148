/**
 * The reports of a page, each read once however many of its panels show it.
 */
import { cache } from "react";
import { asksByFate, asksOfParts } from "@/lib/insights/asking/filters";
import { inPlace } from "@/lib/insights/asking/places";
import { readAlerts } from "@/lib/insights/reports/alerts";
import { readChanges } from "@/lib/insights/reports/changes";
import { readDestination } from "@/lib/insights/reports/destination";
import { readDestinations } from "@/lib/insights/reports/destinations";
import { readErrors } from "@/lib/insights/reports/errors";
import { readFeedback } from "@/lib/insights/reports/feedback";
import { readFindings } from "@/lib/insights/reports/findings";
import { readSparklines } from "@/lib/insights/reports/sparklines";
import { readSummary, type Summary } from "@/lib/insights/reports/summary";
import { readTimeseries } from "@/lib/insights/reports/timeseries";
import type { View } from "./view";

// A page's view is one object, so the reports of one request share their answers and no other's.
// Each takes a place for all of its work.
export const summaryOf = cache((view: View) =>
  inPlace(async () => comparable(await readSummary(view.query))),
);
export const timeseriesOf = cache((view: View) => inPlace(() => readTimeseries(view.query, view.interval)));
export const destinationsOf = cache((view: View) =>
  inPlace(() => readDestinations(view.query, { sort: view.sort })),
);
export const sparklinesOf = cache((view: View) => inPlace(() => readSparklines(view.query)));
export const alertsOf = cache((view: View) => inPlace(() => readAlerts(view.query)));
export const changesOf = cache((view: View) => inPlace(() => readChanges(view.query)));
export const errorsOf = cache((view: View) => inPlace(() => readErrors(view.query)));
export const destinationOf = cache((view: View, country: string) =>
  inPlace(() => readDestination(view.query, country)),
);
export const feedbackOf = cache((view: View) => inPlace(() => readFeedback(view.query)));

/** None where they are of other messages than the view. */
export const findingsOf = cache(async (view: View) => {
  if (asksByFate(view.query.filters) || asksOfParts(view.query.filters)) return [];
  const { rows } = await alertsOf(view);
  return inPlace(() => readFindings(view.query, rows));
});

/** Against almost nothing every change is enormous, and means nothing: then pages compare with nothing. */
function comparable(report: Summary): Summary {
  return report.previous?.lowSample ? { ...report, previous: null, change: null } : report;
}

/** Whether there is no message at all. Unknown is no: then each panel says that it could not be read. */
export async function isEmpty(view: View): Promise<boolean> {
  const { current } = await summaryOf(view).catch(() => ({ current: null }));
  return current !== null && current.attempted + current.refused + current.unknown === 0;
}
