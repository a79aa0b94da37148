import { formatCount, formatDuration } from "@/components/ui/format";
import { mediansDiffer } from "@/lib/insights/asking/noise";
import { FIGURES } from "@/lib/terms/metrics";
import { DEFINITIONS } from "../../definitions";
import type { TileOf } from "./tile-of";

export const timeToConfirm: TileOf = ({ current, previous }, buckets) => {
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

function signedDuration(difference: number | null): string {
  if (difference === null) return "–";
  const text = formatDuration(Math.abs(difference));
  if (Math.abs(difference) < 0.05) return text;
  return `${difference < 0 ? "\u2212" : "+"}${text}`;
}
