import { Fragment } from "react";
import {
  fractionOf,
  middleOf,
  maturePart,
  immaturePart,
  VOLUME_PART,
  volumeLimit,
  type LinePoint,
  type Series,
} from "./series";

/** The drawing's units: it is stretched to the width there is, and its strokes are not. */
const WIDTH = 1000;
const HEIGHT = 100;

/** Above this many bars the gaps between them would be all there is to see. */
const MOST_WITH_GAPS = 120;

/** Bars, band and lines, complete without a script. */
export function SeriesPicture({ series }: { series: Series }) {
  const { line, before } = series;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      <Bars series={series} />
      <path d={bandPath(line, series)} className="fill-accent" fillOpacity="0.2" />
      <Stroke d={linePath(before, series)} className="stroke-edge" width={1} />
      <Stroke d={linePath(maturePart(line), series)} className="stroke-accent" width={1.75} />
      <Stroke d={linePath(immaturePart(line), series)} className="stroke-accent" width={1.75} dash="4 4" />
    </svg>
  );
}

function Bars({ series }: { series: Series }) {
  const { buckets } = series;
  const limit = volumeLimit(buckets);
  const gap = buckets.length > MOST_WITH_GAPS ? 0 : 0.1;
  const places = buckets
    .filter(({ attempted }) => attempted > 0)
    .map(({ start, end, attempted }) => {
      const [left, right] = [start, end].map((at) => fractionOf(at, series) * WIDTH) as [number, number];
      const inset = (right - left) * gap;
      const top = HEIGHT * (1 - (attempted / limit) * VOLUME_PART);
      return [left + inset, right - inset, top].map(short) as [string, string, string];
    });
  const bars = places.map(([left, right, top]) => `M${left} ${HEIGHT}V${top}H${right}V${HEIGHT}z`).join("");
  const caps = places.map(([left, right, top]) => `M${left} ${top}H${right}`).join("");
  return (
    <Fragment>
      <path d={bars} className="fill-line" />
      <Stroke d={caps} className="stroke-edge" width={1} />
    </Fragment>
  );
}

interface StrokeProps {
  d: string;
  className: string;
  width: number;
  dash?: string;
}

function Stroke({ d, className, width, dash }: StrokeProps) {
  return (
    <path
      d={d}
      fill="none"
      className={className}
      strokeWidth={width}
      strokeDasharray={dash}
      strokeLinejoin="round"
      strokeLinecap={dash ? "butt" : "round"}
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** One point alone is a short stroke, since a line of one point is not seen. */
function linePath(points: Series["before"], series: Series): string {
  const places = points.map(({ at, rate }) => place(at, rate, series));
  return places.length === 1
    ? `M${places[0]}h2`
    : places.map((at, i) => `${i === 0 ? "M" : "L"}${at}`).join("");
}

function bandPath(line: readonly LinePoint[], series: Series): string {
  if (line.length < 2) return "";
  const along = (points: readonly LinePoint[], end: "low" | "high") =>
    points.map((point) => place(point.at, point[end], series)).join("L");
  return `M${along(line, "high")}L${along([...line].reverse(), "low")}z`;
}

function place(bucket: number, rate: number, series: Series): string {
  const across = fractionOf(middleOf(series.buckets[bucket]!), series) * WIDTH;
  return `${short(across)} ${short((1 - rate) * HEIGHT)}`;
}

function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
