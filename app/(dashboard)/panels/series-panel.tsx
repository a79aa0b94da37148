import Link from "next/link";
import type { Series, SeriesMark } from "@/components/charts/series";
import { SeriesLegend } from "@/components/charts/series-legend";
import { SeriesPlot } from "@/components/charts/series-plot";
import { SeriesTable } from "@/components/charts/series-table";
import { isStep } from "@/components/charts/geometry";
import { inZone } from "@/components/charts/times";
import { placeWords } from "@/components/dashboard/finding-figures";
import { FINDINGS } from "@/lib/terms/findings";
import { Panel } from "@/components/dashboard/panel";
import { apiUrl, viewUrl, type ParamChange } from "@/components/ui/view-url";
import { Unbroken } from "@/components/dashboard/unbroken";
import { compareWords } from "@/components/dashboard/view-bar/range-words";
import { formatCount, formatInterval, formatRate } from "@/components/ui/format";
import type { Finding } from "@/lib/insights/reports/findings";
import { bucketCount } from "@/lib/insights/asking/range";
import { SETTLED } from "@/lib/terms/maturity";
import type { Interval } from "@/lib/terms/ranges";
import type { Summary } from "@/lib/insights/reports/summary";
import { Annotations, notesOf } from "./annotations";
import { findingsOf, summaryOf, timeseriesOf } from "../reports";
import { MOST_BUCKETS, type View } from "../view";
import { seriesOf, usualOf } from "./series-data";

interface SeriesPanelProps {
  view: View;
  /** The page it is on. */
  path?: string;
  id?: string;
  title?: string;
  /** What the API takes beside the page's parameters: a destination's country, another range. */
  change?: ParamChange;
  /** Whether its intervals can be chosen. */
  withIntervals?: boolean;
  /** What is said of it, where that is not of the whole view. */
  caption?: string;
  /** The finding that it is about, whose usual rate is drawn beside what was. */
  about?: Finding;
}

/** Conversion and volume over time, with the findings of that time. */
export async function SeriesPanel({
  view,
  path = "/",
  id = "series",
  title = "Conversion and volume",
  change = {},
  withIntervals = true,
  caption,
  about,
}: SeriesPanelProps) {
  const [report, totals, findings, notes] = await Promise.all([
    timeseriesOf(view),
    summaryOf(view),
    findingsOf(view),
    notesOf(view),
  ]);
  const { tz } = view.query.range;
  const series: Series = {
    ...seriesOf(
      report,
      findings.flatMap(({ since, until }) => [since.getTime(), ...(until ? [until.getTime()] : [])]),
    ),
    marks: findings.map((finding) => markOf(finding, view)).sort((a, b) => a.at - b.at),
    notes,
    usual: about && usualOf(about, view.query),
  };
  const { params } = view;
  return (
    <Panel
      id={id}
      title={title}
      note={`by ${report.interval}, times in ${tz}`}
      api={apiUrl("timeseries", params, { change: { ...change, interval: report.interval } })}
      actions={withIntervals && <Intervals view={view} path={path} />}
    >
      <figure>
        <figcaption className="mb-3 max-w-[56rem] text-13 text-ink-soft">
          <Unbroken>{caption ?? captionOf(series, totals, view)}</Unbroken>
        </figcaption>
        <SeriesLegend
          before={series.before.length > 0 ? capitalized(beforeWords(view)) : null}
          usual={series.usual ? capitalized(series.usual.words) : null}
          unit={report.interval}
          withLine={series.line.length > 0}
          withSteps={series.line.some(isStep)}
        />
        <SeriesPlot id={id} series={series} path={path} params={params} />
      </figure>
      {withIntervals && (await Annotations({ view, notes, id }))}
      <SeriesTable series={series} title={title} path={path} params={params} />
    </Panel>
  );
}

const INTERVAL_LABELS: [Interval, string][] = [
  ["quarter-hour", "15 min"],
  ["hour", "1 h"],
  ["day", "Day"],
  ["week", "Week"],
];

function Intervals({ view, path }: { view: View; path: string }) {
  const { range } = view.query;
  const offered = INTERVAL_LABELS.filter(([interval]) => {
    const buckets = bucketCount(range, interval);
    return buckets > 2 && buckets <= MOST_BUCKETS;
  });
  return (
    <nav
      aria-label="Interval"
      className="flex overflow-hidden rounded-6 border border-edge text-12 print:hidden"
    >
      {offered.map(([interval, label]) => (
        <Link
          key={interval}
          href={viewUrl(path, view.params, { interval })}
          prefetch={false}
          scroll={false}
          aria-current={interval === view.interval ? "true" : undefined}
          className="border-edge px-2.5 py-1 -outline-offset-2 not-first:border-l hover:bg-wash aria-[current]:bg-wash aria-[current]:font-semibold"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function markOf(finding: Finding, { query, params }: View): SeriesMark {
  const { id, kind, country, network, since, until, open } = finding;
  const { tz } = query.range;
  const { noun } = FINDINGS[kind];
  // Of one country, whose it is goes without saying.
  const place = query.filters.country?.in.length === 1 ? network : placeWords(finding);
  const what = place === null ? noun : `${place}, ${noun.toLowerCase()}`;
  const when = until
    ? `${inZone(since, tz, "moment")}–${inZone(until, tz, "moment")}`
    : `since ${inZone(since, tz, "moment")}`;
  return {
    id,
    kind,
    words: `${what} ${when}`,
    href: viewUrl(`/destinations/${country}`, params, { country: null }),
    at: since.getTime(),
    until: until?.getTime() ?? null,
    open,
  };
}

/** What the chart shows, as a sentence. */
function captionOf(series: Series, { current, change }: Summary, view: View): string {
  const { conversion, conversionLow, conversionHigh, attempted, mature, lowSample } = current;
  if (attempted === 0) return "No messages in this time.";
  if (mature.attempted === 0) return `No message is ${SETTLED} yet.`;
  if (lowSample || series.line.length === 0) {
    return mature.attempted === attempted
      ? `Only ${formatCount(attempted)} messages: too few for a line.`
      : `Only ${formatCount(mature.attempted)} of ${formatCount(attempted)} messages are ${SETTLED}: too few for a line.`;
  }
  const rate = `Conversion was ${formatRate(conversion)} (${formatInterval(conversionLow, conversionHigh)})`;
  return `${rate}${lowestOf(series)}${againstBefore(change, view)}.`;
}

function lowestOf({ line, buckets }: Series): string {
  if (line.length < 3) return "";
  const lowest = line.reduce((least, point) => (point.rate < least.rate ? point : least));
  const [first, last] = [buckets[lowest.first]?.label, buckets[lowest.last]?.label];
  if (first === undefined || last === undefined) return "";
  const day = first.includes(":") ? "at" : first.startsWith("week") ? "in the" : "on";
  const when = isStep(lowest) ? `from ${first} to ${last} together` : `${day} ${first}`;
  return `, lowest ${when} with ${formatRate(lowest.rate)}`;
}

function againstBefore(change: Summary["change"], view: View): string {
  if (change?.conversion == null) return "";
  const points = Math.abs(change.conversion * 100).toFixed(1);
  const before = beforeWords(view);
  if (!change.beyondNoise) return `, no different beyond noise from ${before}`;
  return `, and ${points} points ${change.conversion < 0 ? "under" : "over"} ${before}`;
}

/** `the 28 days before`: said in full, where the bar has no room for it. */
export function beforeWords({ query, rangeName }: View): string {
  return compareWords(query.compare, query.range, rangeName).replace(
    /^the (\d+) before$/,
    "the $1 days before",
  );
}

function capitalized(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
