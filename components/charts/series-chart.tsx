"use client";

import { useEffect } from "react";
import { Area, ComposedChart, Line, Tooltip, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { formatCount, formatRate } from "../ui/format";
import {
  middleOf,
  PLOT_HEIGHT,
  maturePart,
  immaturePart,
  VOLUME_PART,
  volumeLimit,
  type LinePoint,
  type Series,
  type SeriesBucket,
} from "./series";

export interface SeriesChartProps {
  series: Series;
  /** In pixels. */
  width: number;
  /** Whether figures are not to be shown, as while dragging. */
  quiet: boolean;
  onDrawn: () => void;
}

/** A bucket, as the chart's lines take it. */
interface Row {
  at: number;
  bucket: SeriesBucket;
  mature?: number;
  immature?: number;
  band?: [number, number];
  before?: number;
  point?: LinePoint;
}

const LINE = { type: "linear", dot: false, isAnimationActive: false, connectNulls: true } as const;

/** The chart: bars of volume, the line with its interval, and the figures where the pointer is. Its axes stand around it. */
export function SeriesChart({ series, width, quiet, onDrawn }: SeriesChartProps) {
  useEffect(() => {
    const frame = requestAnimationFrame(onDrawn);
    return () => cancelAnimationFrame(frame);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once it is there
  }, []);
  const rows = rowsOf(series);
  return (
    <div aria-hidden="true" className="absolute inset-0">
      <ComposedChart
        width={width}
        height={PLOT_HEIGHT}
        data={rows}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis dataKey="at" type="number" domain={[series.from, series.to]} allowDataOverflow hide />
        <YAxis type="number" domain={[0, 1]} allowDataOverflow hide />
        <Bars series={series} />
        <Area
          {...LINE}
          dataKey="band"
          fill="var(--accent)"
          fillOpacity={0.2}
          stroke="none"
          activeDot={false}
        />
        <Line {...LINE} dataKey="before" stroke="var(--edge)" strokeWidth={1} activeDot={false} />
        <Line {...LINE} dataKey="mature" stroke="var(--accent)" strokeWidth={1.75} dot={rows.length === 1} />
        <Line {...LINE} dataKey="immature" stroke="var(--accent)" strokeWidth={1.75} strokeDasharray="4 4" />
        {!quiet && (
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--ink-soft)", strokeWidth: 1 }}
            content={({ payload }) => <Figures row={(payload[0]?.payload as Row | undefined) ?? null} />}
          />
        )}
      </ComposedChart>
    </div>
  );
}

function rowsOf({ buckets, line, before }: Series): Row[] {
  const rows = buckets.map((bucket): Row => ({ at: middleOf(bucket), bucket }));
  for (const point of line) Object.assign(rows[point.at]!, { point, band: [point.low, point.high] });
  for (const point of maturePart(line)) rows[point.at]!.mature = point.rate;
  for (const point of immaturePart(line)) rows[point.at]!.immature = point.rate;
  for (const { at, rate } of before) rows[at]!.before = rate;
  return rows;
}

/** Drawn by time, as wide as each bucket is: Recharts would make them alike. */
function Bars({ series: { buckets } }: { series: Series }) {
  const across = useXAxisScale();
  const up = useYAxisScale();
  if (!across || !up) return null;
  const limit = volumeLimit(buckets);
  const gap = buckets.length > 120 ? 0 : 0.1;
  return buckets.map(({ start, end, attempted }) => {
    const [left, right] = [across(start)!, across(end)!];
    const inset = (right - left) * gap;
    const top = up((attempted / limit) * VOLUME_PART)!;
    return (
      attempted > 0 && (
        <g key={start}>
          <rect
            x={left + inset}
            width={right - left - 2 * inset}
            y={top}
            height={PLOT_HEIGHT - top}
            className="fill-line"
          />
          <path d={`M${left + inset} ${top}H${right - inset}`} className="stroke-edge" />
        </g>
      )
    );
  });
}

/** What a bucket's figures are, beside the pointer. */
function Figures({ row }: { row: Row | null }) {
  if (!row) return null;
  const { bucket, point, before } = row;
  return (
    <div className="rounded-8 border border-edge bg-panel px-3 py-2 text-12 whitespace-nowrap text-ink">
      <p className="font-semibold">{bucket.label}</p>
      <p>
        {bucket.lowSample ? (
          <>
            {formatCount(bucket.matureConfirmed)} of {formatCount(bucket.matureAttempted)} confirmed
          </>
        ) : (
          <>
            {formatRate(bucket.conversion)}{" "}
            <span className="text-ink-soft">
              ({formatRate(bucket.low)} to {formatRate(bucket.high)})
            </span>
          </>
        )}
      </p>
      {!bucket.lowSample && (
        <p className="text-ink-soft">
          {formatCount(bucket.matureConfirmed)} of {formatCount(bucket.matureAttempted)}
        </p>
      )}
      {point && point.first !== point.last && (
        <p className="text-ink-soft">
          {formatRate(point.rate)} over {point.last - point.first + 1} together
        </p>
      )}
      {before !== undefined && <p className="text-ink-soft">{formatRate(before)} before</p>}
      {!bucket.mature && (
        <p className="text-ink-soft">
          {formatCount(bucket.attempted - bucket.matureAttempted)} of {formatCount(bucket.attempted)} not
          settled yet
        </p>
      )}
    </div>
  );
}
