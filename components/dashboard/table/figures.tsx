/** The figures that every row has, whether of a destination, of a finding's time or of all. */
import type { InsightsRow } from "@/lib/insights/asking/metrics";
import { formatCount, formatDuration, formatRate, formatSum } from "../../ui/format";
import type { RowCells } from "./table";

interface FiguresOptions {
  /** The largest destination's attempted, which the share's bar is measured by. */
  most?: number;
  /** Of the conversion. */
  colour?: string;
}

export function figuresOf(row: InsightsRow, { most, colour }: FiguresOptions = {}): RowCells {
  const { attempted, lowSample, mature, conversion, timeToConfirm, spend } = row;
  const [spent] = spend;
  return {
    attempted: {
      content: (
        <>
          {most !== undefined && <Share of={most} count={attempted} />}
          <span className="relative">{formatCount(attempted)}</span>
        </>
      ),
    },
    conversion: {
      content: lowSample
        ? `${formatCount(mature.confirmed)} of ${formatCount(mature.attempted)}`
        : formatRate(conversion),
      className: colour,
    },
    timeToConfirm: { content: formatDuration(timeToConfirm?.p50 ?? null) },
    spend: { content: spent ? formatSum(spent.amount, spent.currency) : "–" },
  };
}

/** How much of the largest destination this one is, as a bar behind its figure. */
function Share({ count, of }: { count: number; of: number }) {
  if (of === 0) return null;
  return (
    <svg aria-hidden="true" className="absolute inset-y-0 left-0 my-auto h-5 w-full max-sm:hidden">
      <rect width={`${((100 * count) / of).toFixed(2)}%`} height="100%" rx="2" className="fill-share" />
    </svg>
  );
}
