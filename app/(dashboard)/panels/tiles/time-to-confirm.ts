import { formatCount, formatDuration } from "@/components/ui/format";
import { mediansDiffer } from "@/lib/insights/asking/noise";
import { LOW_SAMPLE } from "@/lib/terms/limits";
import { FIGURES } from "@/lib/terms/metrics";
import { DEFINITIONS } from "../../definitions";
import type { TileOf } from "./tile-of";

export const timeToConfirm: TileOf = ({ current, previous }, buckets) => {
  const [now, before] = [current.timeToConfirm, previous?.timeToConfirm ?? null];
  const comparable = Math.min(now?.n ?? 0, before?.n ?? 0) >= LOW_SAMPLE;
  const difference = comparable && now?.p50 && before?.p50 ? now.p50 - before.p50 : null;
  const measured = now
    ? ` ${formatCount(now.n)} measured; nine in ten within ${formatDuration(now.p90)}.`
    : "";
  return {
    name: FIGURES.timeToConfirm,
    definition: `${DEFINITIONS.timeToConfirm}${measured}`,
    figure: formatDuration(now?.p50 ?? null),
    change:
      difference === null
        ? undefined
        : { text: signedDuration(difference), difference, beyondNoise: mediansDiffer(now, before) },
    note: "median",
    points: buckets.map((bucket) => bucket.timeToConfirm?.p50 ?? null),
  };
};

function signedDuration(difference: number): string {
  const text = formatDuration(Math.abs(difference));
  if (Math.abs(difference) < 0.05) return text;
  return `${difference < 0 ? "\u2212" : "+"}${text}`;
}
