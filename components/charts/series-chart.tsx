"use client";

import { useEffect } from "react";
import { Area, ComposedChart, Line, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import {
  BAND_OPACITY,
  barsOf,
  BEFORE_WIDTH,
  CONVERSION_WIDTH,
  END_RADIUS,
  IMMATURE_DASH,
  lonePointsOf,
  PLOT_HEIGHT,
  STEP_WIDTH,
  stepsOf,
  stopsOf,
  type Stop,
} from "./geometry";
import type { Series } from "./series";

export interface SeriesChartProps {
  series: Series;
  /** In pixels. */
  width: number;
  /** Whether it is to be seen: until it is drawn, the picture is. */
  shown: boolean;
  onDrawn: () => void;
}

const SHAPE = { type: "linear", dot: false, isAnimationActive: false, connectNulls: false } as const;
const CONVERSION = { ...SHAPE, stroke: "var(--accent)", strokeWidth: CONVERSION_WIDTH } as const;

/**
 * The chart: bars of volume, and the line with its interval. Its axes stand around it, and what is pointed at above it. It has the width of the
 * screen, which paper has not.
 */
export function SeriesChart({ series, width, shown, onDrawn }: SeriesChartProps) {
  useEffect(() => {
    const frame = requestAnimationFrame(onDrawn);
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-deps -- once it is there
  }, []);
  const stops = stopsOf(series);
  return (
    <div aria-hidden="true" className={`absolute inset-0 print:hidden ${shown ? "" : "invisible"}`}>
      <ComposedChart
        width={width}
        height={PLOT_HEIGHT}
        data={stops}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis dataKey="x" type="number" domain={[0, 1]} allowDataOverflow hide />
        <YAxis type="number" domain={[0, 1]} allowDataOverflow hide />
        <Bars series={series} />
        <Area
          {...SHAPE}
          dataKey="band"
          fill="var(--accent)"
          fillOpacity={BAND_OPACITY}
          stroke="none"
          activeDot={false}
        />
        <Line {...SHAPE} dataKey="before" stroke="var(--edge)" strokeWidth={BEFORE_WIDTH} activeDot={false} />
        <Line {...CONVERSION} dataKey="mature" />
        <Line {...CONVERSION} dataKey="immature" strokeDasharray={IMMATURE_DASH} />
        <Steps series={series} stops={stops} />
      </ComposedChart>
    </div>
  );
}

/** What several buckets have together, as long as they are; and points without neighbours. */
function Steps({ series, stops }: { series: Series; stops: readonly Stop[] }) {
  const across = useXAxisScale();
  const up = useYAxisScale();
  if (!across || !up) return null;
  const x = (fraction: number) => across(fraction) ?? 0;
  const y = (rate: number) => up(rate) ?? 0;
  return (
    <>
      {stepsOf(series).map(({ left, right, rate, low, high }) => (
        <g key={left} stroke="var(--accent)" strokeWidth={STEP_WIDTH}>
          <rect
            x={x(left)}
            width={x(right) - x(left)}
            y={y(high)}
            height={y(low) - y(high)}
            fill="var(--accent)"
            fillOpacity={BAND_OPACITY}
            stroke="none"
          />
          <path d={`M${x(left)} ${y(rate)}H${x(right)}`} />
          <circle cx={x(left)} cy={y(rate)} r={END_RADIUS} className="fill-panel" />
          <circle cx={x(right)} cy={y(rate)} r={END_RADIUS} className="fill-panel" />
        </g>
      ))}
      {lonePointsOf(stops).map((point) => (
        <circle
          key={point.x}
          cx={x(point.x)}
          cy={y(point.rate)}
          r={END_RADIUS + STEP_WIDTH / 2}
          fill="var(--accent)"
        />
      ))}
    </>
  );
}

/** As wide as each bucket's time is: Recharts would make them alike. */
function Bars({ series }: { series: Series }) {
  const across = useXAxisScale();
  const up = useYAxisScale();
  if (!across || !up) return null;
  return barsOf(series).map((bar) => {
    const [left, right, top] = [across(bar.left) ?? 0, across(bar.right) ?? 0, up(bar.top) ?? 0];
    return (
      <g key={bar.left}>
        <rect x={left} width={right - left} y={top} height={PLOT_HEIGHT - top} className="fill-line" />
        <path d={`M${left} ${top}H${right}`} className="stroke-edge" />
      </g>
    );
  });
}
