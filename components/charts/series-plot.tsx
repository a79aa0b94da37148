"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import { lookOf } from "../ui/severity";
import type { ViewParams } from "../ui/view-url";
import { fractionOf, percent, USUAL_DASH, USUAL_WIDTH, volumeLimit } from "./geometry";
import type { Series } from "./series";
import { RateAxis, RATE_MARKS, TimeAxis, VolumeAxis } from "./series-axes";
import { Lanes } from "./series-lanes";
import { SeriesLive } from "./series-live";

interface SeriesPlotProps {
  /** Unique in the page. */
  id: string;
  series: Series;
  path: string;
  params: ViewParams;
}

/** The series between its axes, with the findings of its time under it. The same without a script, but for zooming and hovering. */
export function SeriesPlot({ id, series, path, params }: SeriesPlotProps) {
  return (
    <div dir="ltr" className="grid grid-cols-[2.75rem_minmax(0,1fr)_2.75rem] text-12">
      <RateAxis />
      <div className="relative h-60">
        <Ground id={id} series={series} />
        <SeriesLive series={series} path={path} params={params} />
      </div>
      <VolumeAxis limit={volumeLimit(series.buckets)} />
      <TimeAxis series={series} />
      {series.marks.length > 0 && <Lanes series={series} />}
    </div>
  );
}

/** What lies under bars and lines: the grid, the end that is not mature, what was usual, where findings began, and what was marked. */
function Ground({ id, series }: { id: string; series: Series }) {
  const matureTo = fractionOf(series.matureUntil, series);
  const { usual } = series;
  return (
    <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible">
      <defs>
        <pattern
          id={`${id}-hatch`}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V4" className="stroke-edge" strokeWidth="1" />
        </pattern>
      </defs>
      {RATE_MARKS.map((rate) => (
        <line
          key={rate}
          x1="0"
          x2="100%"
          y1={percent(1 - rate)}
          y2={percent(1 - rate)}
          className={rate === 0 ? "stroke-edge" : "stroke-line"}
        />
      ))}
      {matureTo < 1 && (
        <rect
          x={percent(matureTo)}
          width={percent(1 - matureTo)}
          height="100%"
          fill={`url(#${id}-hatch)`}
          fillOpacity="0.6"
        />
      )}
      {usual && (
        <line
          x1={percent(fractionOf(usual.from, series))}
          x2={percent(fractionOf(usual.to, series))}
          y1={percent(1 - usual.rate)}
          y2={percent(1 - usual.rate)}
          strokeWidth={USUAL_WIDTH}
          strokeDasharray={USUAL_DASH}
          className="stroke-ink"
        />
      )}
      {series.notes.map(({ id, at, number }) => (
        <svg key={id} x={percent(fractionOf(at, series))} className="overflow-visible">
          <line y2="100%" className="stroke-ink-soft" />
          <text y="-4" textAnchor="middle" className="fill-ink text-12">
            {number}
          </text>
        </svg>
      ))}
      {series.marks.map(({ id, at, ...mark }) => (
        <line
          key={id}
          x1={percent(fractionOf(at, series))}
          x2={percent(fractionOf(at, series))}
          y1="0"
          y2="100%"
          strokeDasharray="2 3"
          className={mark.open ? lookOf(mark).stroke : "stroke-edge"}
        />
      ))}
    </svg>
  );
}
