import { HatchMark } from "@/components/dashboard/sparkline";
import { formatCount, formatRelativeChange } from "@/components/ui/format";
import { countsDiffer } from "@/lib/insights/asking/noise";
import { lengthsRatio } from "@/lib/insights/asking/report";
import { SETTLED } from "@/lib/terms/maturity";
import { FIGURES } from "@/lib/terms/metrics";
import { DEFINITIONS } from "../../definitions";
import type { TileOf } from "./tile-of";

export const attempted: TileOf = ({ current, previous, range }, buckets, { at, query }, log) => {
  // A range that ends now is rounded up to a quarter-hour's end, which the time compared with has had in full.
  const elapsed = Math.min(
    1,
    (at.getTime() - range.from.getTime()) / (range.to.getTime() - range.from.getTime()),
  );
  const before = (previous?.attempted ?? 0) * elapsed * lengthsRatio(query);
  const change = before > 0 ? current.attempted / before - 1 : null;
  const immature = current.attempted - current.mature.attempted;
  return {
    name: FIGURES.attempted,
    definition: `${DEFINITIONS.attempted} ${formatCount(immature)} of them not ${SETTLED} yet${previous ? `; ${formatCount(previous.attempted)} before` : ""}.`,
    figure: formatCount(current.attempted),
    href: log({}),
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
        <span className="sr-only"> not {SETTLED}</span>
      </>
    ),
    points: buckets.map((bucket) => bucket.attempted),
  };
};
