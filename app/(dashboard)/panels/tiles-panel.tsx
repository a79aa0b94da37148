import { HatchMark } from "@/components/dashboard/sparkline";
import type { TileData } from "@/components/dashboard/tile";
import { Tiles } from "@/components/dashboard/tiles";
import { apiUrl, type ParamChange } from "@/components/ui/view-url";
import { FIGURES } from "@/lib/terms/metrics";
import {
  formatCount,
  formatCoverage,
  formatDuration,
  formatInterval,
  formatMoney,
  formatPoints,
  formatRate,
  formatRelativeChange,
} from "@/components/ui/format";
import { ratio, type InsightsRow, type Rate } from "@/lib/insights/asking/metrics";
import { costsDiffer, countsDiffer, mediansDiffer, sharesDiffer } from "@/lib/insights/asking/noise";
import type { Summary } from "@/lib/insights/reports/summary";
import type { Bucket } from "@/lib/insights/reports/timeseries";
import { DEFINITIONS } from "../definitions";
import { summaryOf, timeseriesOf } from "../reports";
import type { View } from "../view";

/** What the tiles take in one row, in two and in four, so that nothing moves when they come. */
export const TILES_HEIGHT = "max-md:h-[40.375rem] md:max-xl:h-[21.25rem] xl:h-[11.6875rem]";

interface TilesPanelProps {
  view: View;
  /** What the API takes beside the page's parameters. */
  change?: ParamChange;
}

/** The seven figures of the whole view. */
export async function TilesPanel({ view, change = {} }: TilesPanelProps) {
  const [summary, { rows: buckets }] = await Promise.all([summaryOf(view), timeseriesOf(view)]);
  const immature = buckets.filter(({ mature }) => !mature).length;
  const tiles = [
    attempted(summary, buckets, view.at),
    statusOk(summary, buckets, view.at),
    conversion(summary, buckets, view.at),
    successRate(summary, buckets, view.at),
    timeToConfirm(summary, buckets, view.at),
    costPerConversion(summary, buckets, view.at),
    feedbackCoverage(summary, buckets, view.at),
  ];
  return (
    <Tiles
      tiles={tiles.map((tile) => ({ ...tile, immature }))}
      api={apiUrl("summary", view.params, { change })}
    />
  );
}

type Of = (summary: Summary, buckets: readonly Bucket[], at: Date) => Omit<TileData, "immature">;

const attempted: Of = ({ current, previous, range }, buckets, at) => {
  // A range that ends now is rounded up to a quarter-hour's end, which the time compared with has had in full.
  const elapsed = Math.min(
    1,
    (at.getTime() - range.from.getTime()) / (range.to.getTime() - range.from.getTime()),
  );
  const before = (previous?.attempted ?? 0) * elapsed;
  const change = before > 0 ? current.attempted / before - 1 : null;
  const immature = current.attempted - current.mature.attempted;
  return {
    name: FIGURES.attempted,
    definition: `${DEFINITIONS.attempted} ${formatCount(immature)} of them not settled yet${previous ? `; ${formatCount(previous.attempted)} before` : ""}.`,
    figure: formatCount(current.attempted),
    change: previous
      ? {
          text: formatRelativeChange(change),
          difference: change,
          beyondNoise: countsDiffer(current.attempted, before),
        }
      : undefined,
    note: immature > 0 && (
      <>
        <HatchMark /> {formatCount(immature)}
        <span className="sr-only"> not settled</span>
      </>
    ),
    points: buckets.map((bucket) => bucket.attempted),
  };
};

const statusOk: Of = ({ current, previous }, buckets) => {
  const share = ({ mature }: InsightsRow): Share => [mature.statusOk, mature.attempted];
  return {
    name: FIGURES.statusOk,
    ...shareFigure(DEFINITIONS.statusOk, share(current), previous && share(previous)),
    note: "of attempted",
    points: buckets.map(({ matureCounts }) => ratio(matureCounts.statusOk, matureCounts.attempted)),
  };
};

const conversion: Of = ({ current, previous }, buckets) => {
  const share = ({ mature }: InsightsRow): Share => [mature.confirmed, mature.attempted];
  return {
    name: FIGURES.conversion,
    ...shareFigure(DEFINITIONS.conversion, share(current), previous && share(previous)),
    note: formatInterval(current.conversionLow, current.conversionHigh),
    points: buckets.map((bucket) => bucket.conversion),
  };
};

const successRate: Of = ({ current, previous }, buckets) => {
  const share = ({ mature }: InsightsRow): Share => [mature.approved, mature.verifications];
  return {
    name: FIGURES.successRate,
    ...shareFigure(DEFINITIONS.successRate, share(current), previous && share(previous)),
    note: "of sign-ins",
    points: buckets.map((bucket) => bucket.successRate),
  };
};

const timeToConfirm: Of = ({ current, previous }, buckets) => {
  const [now, before] = [current.timeToConfirm, previous?.timeToConfirm ?? null];
  const difference = now?.p50 && before?.p50 ? now.p50 - before.p50 : null;
  const measured = now
    ? ` ${formatCount(now.n)} measured; nine in ten within ${formatDuration(now.p90)}.`
    : "";
  return {
    name: FIGURES.timeToConfirm,
    definition: `${DEFINITIONS.timeToConfirm}${measured}`,
    figure: formatDuration(now?.p50 ?? null),
    change: previous
      ? { text: signedDuration(difference), difference, beyondNoise: mediansDiffer(now, before) }
      : undefined,
    note: "median",
    points: buckets.map((bucket) => bucket.timeToConfirm?.p50 ?? null),
  };
};

const costPerConversion: Of = ({ current, previous }, buckets) => {
  const [spend] = current.spend;
  const before = previous?.spend.find(({ currency }) => currency === spend?.currency);
  const cost = spend?.costPerConversion ?? null;
  const change = cost && before?.costPerConversion ? cost / before.costPerConversion - 1 : null;
  const priced = `${formatRate(current.priceCoverage)} of messages have a price.`;
  return {
    name: FIGURES.costPerConversion,
    definition: `${DEFINITIONS.costPerConversion} ${spend ? `${formatMoney(spend.amount, spend.currency)} spent; ${formatMoney(spend.wasted, spend.currency)} on messages nobody confirmed. ${priced}` : "No price is known yet."}`,
    figure: spend ? formatMoney(cost, spend.currency) : "–",
    change: previous
      ? {
          text: formatRelativeChange(change),
          difference: change,
          beyondNoise: costsDiffer(current, previous),
        }
      : undefined,
    note: spend && formatMoney(spend.amount, spend.currency),
    points: buckets.map(
      (bucket) =>
        bucket.spend.find(({ currency }) => currency === spend?.currency)?.costPerConversion ?? null,
    ),
  };
};

const feedbackCoverage: Of = ({ current, previous }, buckets) => {
  const share = ({ reported, confirmed }: InsightsRow): Share => [reported, confirmed];
  const missing = current.confirmed - current.reported;
  return {
    name: FIGURES.feedbackCoverage,
    ...shareFigure(DEFINITIONS.feedbackCoverage, share(current), previous && share(previous)),
    figure: formatCoverage(current.feedbackCoverage),
    note: missing > 0 ? `${formatCount(missing)} missing` : "none missing",
    points: buckets.map((bucket) => bucket.feedbackCoverage),
  };
};

type Share = [part: number, whole: number];

/** A share with its counts in the definition, and its change in points. */
function shareFigure(
  definition: string,
  now: Share,
  before: Share | null,
): Pick<TileData, "definition" | "figure" | "change" | "leastSpan"> {
  const [rate, earlier] = [ratio(...now), before && ratio(...before)];
  const difference = minus(rate, earlier);
  return {
    definition: `${definition} ${formatCount(now[0])} of ${formatCount(now[1])}${before ? `; ${formatCount(before[0])} of ${formatCount(before[1])} before` : ""}.`,
    figure: formatRate(rate),
    leastSpan: 0.05,
    change: before
      ? {
          text: formatPoints(difference),
          difference,
          beyondNoise: difference !== null && sharesDiffer(now, before),
        }
      : undefined,
  };
}

function minus(now: Rate, before: Rate): number | null {
  return now === null || before === null ? null : now - before;
}

function signedDuration(difference: number | null): string {
  if (difference === null) return "–";
  const text = formatDuration(Math.abs(difference));
  if (Math.abs(difference) < 0.05) return text;
  return `${difference < 0 ? "\u2212" : "+"}${text}`;
}
