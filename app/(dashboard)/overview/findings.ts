/** Findings in words and links, and the flags, as the overview's panels share them. */
import type { FindingLine } from "@/components/dashboard/sentence/finding-lines";
import { flagSheet } from "@/components/ui/flag";
import { formatMoment } from "@/components/dashboard/moments";
import { viewUrl } from "@/components/ui/view-url";
import type { Finding } from "@/lib/insights/reports/findings";
import { destinationsOf } from "../reports";
import type { View } from "../view";
import { DAY } from "@/lib/terms/durations";

const BASELINE_LENGTH = 14 * DAY;

/** A finding with the moments in words, and the views that its figures come from. */
export function findingLine(finding: Finding, { params, at, query }: View): FindingLine {
  const { tz } = query.range;
  const { country, network, since, until } = finding;
  const from = since.toISOString();
  const stretch = { range: null, country, q: null, ...(network !== null && { network }) };
  return {
    finding,
    since: formatMoment(since, tz, at),
    until: until && formatMoment(until, tz, at),
    href: viewUrl("/", params, { ...stretch, from, to: until?.toISOString() ?? null }),
    page: viewUrl(`/destinations/${country}`, params, {
      country: null,
      "country!": null,
      q: null,
      sort: null,
    }),
    beforeHref: viewUrl("/", params, {
      ...stretch,
      from: new Date(since.getTime() - BASELINE_LENGTH).toISOString(),
      to: from,
    }),
  };
}

/** One file with the flags of all destinations of the view, for all panels: one request. */
export async function flagsOf(view: View): Promise<string> {
  const { rows } = await destinationsOf(view);
  return flagSheet(rows.map(({ country }) => country));
}
