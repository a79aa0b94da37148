"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import { formatWait } from "../ui/format";
import { HOUR_SECONDS, MINUTE_SECONDS } from "@/lib/terms/durations";
import { CONVERSION_WIDTH, fractionOf, percent, STEP_WIDTH } from "./geometry";
import type { Series } from "./series";
import { TimeAxis } from "./series-axes";

export interface LatencyPoint {
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  /** Which stretch of time it is. */
  label: string;
  /** How many were measured. */
  n: number;
  /** In seconds. */
  p50: number;
  p95: number;
}

/** A series' time, and what was measured in it: no point where too little was. */
export interface LatencySeries extends Pick<Series, "from" | "to" | "ticks"> {
  points: (LatencyPoint | null)[];
}

/** Where the logarithmic axis has its figures, in seconds. It begins at the first and ends at the one above all that is drawn. */
const MARKS = [
  1,
  10,
  MINUTE_SECONDS,
  10 * MINUTE_SECONDS,
  HOUR_SECONDS,
  10 * HOUR_SECONDS,
  100 * HOUR_SECONDS,
];

/** The drawing's units: it is stretched to the width there is, and its strokes are not. */
const WIDTH = 1000;
const HEIGHT = 100;

/** How long messages took to arrive, over time: half of them, and all but the slowest. */
export function LatencyChart({ series }: { series: LatencySeries }) {
  const known = series.points.filter((point) => point !== null);
  const longest = Math.max(...known.map(({ p95 }) => p95));
  const end = MARKS.findIndex((mark, i) => i > 1 && mark >= longest);
  const marks = MARKS.slice(0, end < 0 ? undefined : end + 1);
  const top = marks.at(-1) ?? 1;
  const height = (seconds: number) => Math.min(1, Math.log(Math.max(1, seconds)) / Math.log(top));
  const path = (which: "p50" | "p95") => pathOf(series, (point) => height(point[which]));
  return (
    <div dir="ltr" className="grid grid-cols-[3.25rem_minmax(0,1fr)_0.75rem] text-12">
      <svg aria-hidden="true" className="h-40 w-full overflow-visible">
        {marks.map((mark) => (
          <text
            key={mark}
            x="100%"
            dx="-8"
            y={percent(1 - height(mark))}
            dy="4"
            textAnchor="end"
            className="fill-ink-soft"
          >
            {mark >= HOUR_SECONDS
              ? `${mark / HOUR_SECONDS}\u00a0h`
              : formatWait(mark).replace("60\u00a0s", "1\u00a0min")}
          </text>
        ))}
      </svg>
      <div className="relative h-40">
        <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible">
          {marks.map((mark) => (
            <line
              key={mark}
              x2="100%"
              y1={percent(1 - height(mark))}
              y2={percent(1 - height(mark))}
              className={mark === 1 ? "stroke-edge" : "stroke-line"}
            />
          ))}
        </svg>
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          <Line d={path("p95")} className="stroke-edge" width={STEP_WIDTH} />
          <Line d={path("p50")} className="stroke-accent" width={CONVERSION_WIDTH} />
        </svg>
      </div>
      <span />
      <TimeAxis series={series} />
    </div>
  );
}

interface LineProps {
  d: string;
  className: string;
  width: number;
}

function Line({ d, className, width }: LineProps) {
  return (
    <path
      d={d}
      fill="none"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      className={className}
    />
  );
}

/** Through the middle of each stretch of time; a gap where there is no point, and a short stroke for one without neighbours. */
function pathOf(series: LatencySeries, height: (point: LatencyPoint) => number): string {
  let pen: "M" | "L" = "M";
  return series.points
    .map((point, i) => {
      if (point === null) {
        pen = "M";
        return "";
      }
      const x = fractionOf((point.start + point.end) / 2, series) * WIDTH;
      const step = `${pen}${x.toFixed(1)} ${((1 - height(point)) * HEIGHT).toFixed(1)}`;
      const alone = pen === "M" && !series.points[i + 1];
      pen = "L";
      return alone ? `${step}h4` : step;
    })
    .join("");
}

/** What the lines mean. */
export function LatencyLegend() {
  return (
    <ul aria-label="Key" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-soft">
      {[
        ["stroke-accent", CONVERSION_WIDTH, "Half arrived within (p50)"] as const,
        ["stroke-edge", STEP_WIDTH, "95 of 100 within (p95)"] as const,
      ].map(([className, width, words]) => (
        <li key={words} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="20" height="12" className="shrink-0">
            <line y1="6" y2="6" x2="20" strokeWidth={width} className={className} />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
