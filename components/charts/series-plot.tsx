"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import type { ReactNode } from "react";
import { lookOf } from "../ui/severity";
import type { ViewParams } from "../ui/view-url";
import { FindingShape } from "./finding-shape";
import { SeriesLive } from "./series-live";
import { fractionOf, shortCount, VOLUME_PART, volumeLimit, type Series, type SeriesMark } from "./series";

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
    <div className="grid grid-cols-[2.75rem_minmax(0,1fr)_2.75rem] text-12">
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

const RATES = [1, 0.75, 0.5, 0.25, 0];

function RateAxis() {
  return (
    <svg aria-hidden="true" className="h-60 w-full overflow-visible">
      {RATES.map((rate) => (
        <text
          key={rate}
          x="100%"
          dx="-8"
          y={percent(1 - rate)}
          dy="4"
          textAnchor="end"
          className="fill-ink-soft"
        >
          {rate === 1 ? "100\u00a0%" : rate * 100}
        </text>
      ))}
    </svg>
  );
}

function VolumeAxis({ limit }: { limit: number }) {
  return (
    <svg aria-hidden="true" className="h-60 w-full overflow-visible">
      {[1, 0.5].map((part) => (
        <text key={part} x="8" y={percent(1 - part * VOLUME_PART)} dy="4" className="fill-ink-soft">
          {shortCount(limit * part)}
        </text>
      ))}
    </svg>
  );
}

/** What lies under bars and lines: the grid, the end that is not mature, and where findings began. */
function Ground({ id, series }: { id: string; series: Series }) {
  const matureTo = fractionOf(series.matureUntil, series);
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
      {RATES.map((rate) => (
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
      {series.marks.map(({ id, at, kind, open }) => (
        <line
          key={id}
          x1={percent(fractionOf(at, series))}
          x2={percent(fractionOf(at, series))}
          y1="0"
          y2="100%"
          strokeDasharray="2 3"
          className={open ? lookOf(kind).stroke : "stroke-edge"}
        />
      ))}
    </svg>
  );
}

/** A label nearer to an end than this would be cut off there. */
const NEAR_END = 0.03;

function TimeAxis({ series }: { series: Series }) {
  return (
    <>
      <svg aria-hidden="true" className="col-start-2 h-6 w-full overflow-visible">
        {series.ticks.map(({ at, label }, i) => {
          const fraction = fractionOf(at, series);
          return (
            <g key={at} className={i % 2 === 1 ? "max-sm:hidden" : undefined}>
              <line x1={percent(fraction)} x2={percent(fraction)} y1="0" y2="4" className="stroke-edge" />
              {fraction > NEAR_END && fraction < 1 - NEAR_END && (
                <text x={percent(fraction)} y="18" textAnchor="middle" className="fill-ink-soft">
                  {label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <span />
    </>
  );
}

/** Each finding in a lane of its own: how long it lasted, and whose it is. On a phone there is only room for the first. */
function Lanes({ series }: { series: Series }) {
  return (
    <ul className="col-span-3 mt-1 flex flex-col gap-1 sm:col-span-1 sm:col-start-2 sm:gap-0">
      {series.marks.map((mark) => (
        <li key={mark.id} className="relative sm:h-5.5">
          <Lane mark={mark} series={series} />
        </li>
      ))}
    </ul>
  );
}

function Lane({ mark, series }: { mark: SeriesMark; series: Series }) {
  const { at, until, kind, open, words, href } = mark;
  const [start, end] = [fractionOf(at, series), fractionOf(until ?? series.to, series)];
  const colour = open ? lookOf(kind).stroke : "stroke-edge";
  return (
    <>
      <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible max-sm:hidden">
        <line
          x1={percent(start)}
          x2={percent(end)}
          y1="11"
          y2="11"
          strokeWidth="3"
          strokeOpacity="0.5"
          className={colour}
        />
        <svg x={percent(start)} y="11" className="overflow-visible">
          <FindingShape kind={kind} open={open} />
        </svg>
      </svg>
      <LaneLink start={start} end={end} href={href}>
        <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12" className="shrink-0 sm:hidden">
          <FindingShape kind={kind} open={open} />
        </svg>
        {words}
      </LaneLink>
    </>
  );
}

/** How much of the width a label needs beside its flag. */
const LABEL_PART = 0.45;

/**
 * The label stands before its flag, else after its end, else over its stretch of time. Where exactly is a percentage, which a class
 * cannot say and a style may not: so it stands in an SVG's foreign object.
 */
function LaneLink({ start, end, href, children }: LaneLinkProps) {
  const link = (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex items-center gap-1.5 rounded-[2px] leading-[1.375rem] whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-edge max-sm:whitespace-normal"
    >
      {children}
    </Link>
  );
  const side = start > LABEL_PART ? "before" : end < 1 - LABEL_PART ? "after" : "over";
  const x = { before: 0, after: end, over: start }[side];
  return (
    <>
      <span className="sm:hidden">{link}</span>
      <svg className="absolute inset-0 size-full overflow-visible max-sm:hidden">
        <foreignObject
          x={percent(x)}
          width={percent(side === "before" ? start : 1 - x)}
          height="22"
          className="overflow-visible"
        >
          <div className={side === "before" ? "flex justify-end pr-2.5" : "flex pl-2.5"}>
            <span className="bg-panel px-1">{link}</span>
          </div>
        </foreignObject>
      </svg>
    </>
  );
}

interface LaneLinkProps {
  start: number;
  end: number;
  href: string;
  children: ReactNode;
}

/** What the chart's marks mean. */
export function SeriesLegend({ before, unit }: { before: string | null; unit: string }) {
  return (
    <ul aria-label="Key" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-soft">
      <Key name="Conversion with its 95 % interval">
        <rect y="2" width="20" height="8" className="fill-accent" fillOpacity="0.2" />
        <line y1="6" y2="6" x2="20" className="stroke-accent" strokeWidth="1.75" />
      </Key>
      {before && (
        <Key name={before}>
          <line y1="6" y2="6" x2="20" className="stroke-edge" />
        </Key>
      )}
      <Key name={`Attempted per ${unit}, right axis`}>
        <path d="M3 12V5h5v7M12 12V2h5v10" className="fill-line" />
        <path d="M3 5h5M12 2h5" className="stroke-edge" />
      </Key>
      <Key name="Not settled yet">
        <path d="M1 12 12 1M7 12 18 1M13 12l6-6M1 6l5-5" className="stroke-edge" />
      </Key>
    </ul>
  );
}

function Key({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden="true" width="20" height="12" fill="none" className="shrink-0">
        {children}
      </svg>
      {name}
    </li>
  );
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 1e4) / 100}%`;
}
