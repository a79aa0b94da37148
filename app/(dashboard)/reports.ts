/**
 * The reports of a page, each read once however many of its panels show it.
 */
import { cache } from "react";
import { asksByFate, asksOfParts } from "@/lib/insights/asking/filters";
import { alerts } from "@/lib/insights/reports/alerts";
import { changes } from "@/lib/insights/reports/changes";
import { destination } from "@/lib/insights/reports/destination";
import { destinations } from "@/lib/insights/reports/destinations";
import { errors } from "@/lib/insights/reports/errors";
import { feedbackReport } from "@/lib/insights/reports/feedback";
import { findings } from "@/lib/insights/reports/findings";
import { sparklines } from "@/lib/insights/reports/sparklines";
import { summary, type Summary } from "@/lib/insights/reports/summary";
import { timeseries } from "@/lib/insights/reports/timeseries";
import type { View } from "./view";

// A page's view is one object, so the reports of one request share their answers and no other's.
export const summaryOf = cache(async (view: View) => comparable(await summary(view.query)));
export const timeseriesOf = cache((view: View) => timeseries(view.query, view.interval));
export const destinationsOf = cache((view: View) => destinations(view.query, { sort: view.sort }));
export const sparklinesOf = cache((view: View) => sparklines(view.query));
export const alertsOf = cache((view: View) => alerts(view.query));
export const changesOf = cache((view: View) => changes(view.query));
export const errorsOf = cache((view: View) => errors(view.query));
export const destinationOf = cache((view: View, country: string) => destination(view.query, country));
export const feedbackOf = cache((view: View) => feedbackReport(view.query));

/** None where they are of other messages than the view. */
export const findingsOf = cache(async (view: View) =>
  asksByFate(view.query.filters) || asksOfParts(view.query.filters)
    ? []
    : findings(view.query, (await alertsOf(view)).rows),
);

/** Against almost nothing every change is enormous, and means nothing: then pages compare with nothing. */
function comparable(report: Summary): Summary {
  return report.previous?.lowSample ? { ...report, previous: null, change: null } : report;
}

/** Whether there is no message at all. Unknown is no: then each panel says that it could not be read. */
export async function isEmpty(view: View): Promise<boolean> {
  const { current } = await summaryOf(view).catch(() => ({ current: null }));
  return current !== null && current.attempted + current.refused + current.unknown === 0;
}
