/** The tiles that are shares of messages or of verifications. */
import {
  formatCount,
  formatCoverage,
  formatInterval,
  formatPoints,
  formatRate,
} from "@/components/ui/format";
import type { TileData } from "@/components/dashboard/tile";
import { ratio, type InsightsRow, type Rate } from "@/lib/insights/asking/metrics";
import { sharesDiffer } from "@/lib/insights/asking/noise";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { FIGURES } from "@/lib/terms/metrics";
import { DEFINITIONS } from "../../definitions";
import type { TileOf } from "./tile-of";

export const statusOk: TileOf = ({ current, previous }, buckets) => {
  const share = ({ mature }: InsightsRow): Share => [mature.statusOk, mature.attempted];
  return {
    name: FIGURES.statusOk,
    ...shareFigure(DEFINITIONS.statusOk, share(current), previous && share(previous)),
    note: "of attempted",
    points: buckets.map(({ matureCounts }) => ratio(matureCounts.statusOk, matureCounts.attempted)),
  };
};

export const conversion: TileOf = ({ current, previous }, buckets, _, log) => {
  const share = ({ mature }: InsightsRow): Share => [mature.confirmed, mature.attempted];
  const { attempted, confirmed, mature } = current;
  const soFar = mature.attempted === 0 && attempted > 0;
  return {
    name: FIGURES.conversion,
    ...shareFigure(DEFINITIONS.conversion, share(current), previous && share(previous)),
    // Who has just sent the first code is not to wait for a quarter of an hour to see that it counts.
    ...(soFar && { figure: `${formatCount(confirmed)} of ${formatCount(attempted)}` }),
    href: log({ confirmed: "true" }),
    note: soFar ? "confirmed so far" : formatInterval(current.conversionLow, current.conversionHigh),
    points: buckets.map((bucket) => bucket.conversion),
  };
};

export const successRate: TileOf = ({ current, previous }, buckets) => {
  const share = ({ mature }: InsightsRow): Share => [mature.approved, mature.verifications];
  return {
    name: FIGURES.successRate,
    ...shareFigure(DEFINITIONS.successRate, share(current), previous && share(previous)),
    note: "of sign-ins",
    points: buckets.map((bucket) => bucket.successRate),
  };
};

export const feedbackCoverage: TileOf = ({ current, previous }, buckets, _, log) => {
  const share = ({ reported, confirmed }: InsightsRow): Share => [reported, confirmed];
  const missing = current.confirmed - current.reported;
  return {
    name: FIGURES.feedbackCoverage,
    ...shareFigure(DEFINITIONS.feedbackCoverage, share(current), previous && share(previous)),
    figure: formatCoverage(current.feedbackCoverage),
    note: missing > 0 ? `${formatCount(missing)} missing` : "none missing",
    noteHref: missing > 0 ? log({ unreported: "true" }) : undefined,
    points: buckets.map((bucket) => bucket.feedbackCoverage),
  };
};

type Share = [part: number, whole: number];

/** A share with its counts in the definition, and its change in points; of few messages its counts alone. */
function shareFigure(
  definition: string,
  now: Share,
  before: Share | null,
): Pick<TileData, "definition" | "figure" | "change" | "leastSpan"> {
  const counts = `${formatCount(now[0])} of ${formatCount(now[1])}`;
  const [rate, earlier] = [ratio(...now), before && ratio(...before)];
  // Of few on either side a change is as large as chance makes it.
  const comparable = now[1] >= LOW_SAMPLE && (before?.[1] ?? 0) >= LOW_SAMPLE;
  const difference = comparable ? minus(rate, earlier) : null;
  return {
    definition: `${definition} ${counts}${before ? `; ${formatCount(before[0])} of ${formatCount(before[1])} before` : ""}.`,
    figure: now[1] > 0 && now[1] < LOW_SAMPLE ? counts : formatRate(rate),
    leastSpan: 0.05,
    change:
      before && difference !== null
        ? { text: formatPoints(difference), difference, beyondNoise: sharesDiffer(now, before) }
        : undefined,
  };
}

function minus(now: Rate, before: Rate): number | null {
  return now === null || before === null ? null : now - before;
}
