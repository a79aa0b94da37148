import { Fragment } from "react";
import {
  BAND_OPACITY,
  barsOf,
  BEFORE_WIDTH,
  CONVERSION_WIDTH,
  IMMATURE_DASH,
  stopsOf,
  type LineName,
  type Stop,
} from "./geometry";
import type { Series } from "./series";

/** The drawing's units: it is stretched to the width there is, and its strokes are not. */
const WIDTH = 1000;
const HEIGHT = 100;

/** Bars, band and lines, complete without a script. */
export function SeriesPicture({ series }: { series: Series }) {
  const stops = stopsOf(series);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      <Bars series={series} />
      <path d={bandPath(stops)} className="fill-accent" fillOpacity={BAND_OPACITY} />
      <Stroke d={linePath(stops, "before")} className="stroke-edge" width={BEFORE_WIDTH} />
      <Stroke d={linePath(stops, "mature")} className="stroke-accent" width={CONVERSION_WIDTH} />
      <Stroke
        d={linePath(stops, "immature")}
        className="stroke-accent"
        width={CONVERSION_WIDTH}
        dash={IMMATURE_DASH}
      />
    </svg>
  );
}

function Bars({ series }: { series: Series }) {
  const places = barsOf(series).map(({ left, right, top }) => ({
    left: short(left * WIDTH),
    right: short(right * WIDTH),
    top: short((1 - top) * HEIGHT),
  }));
  const bars = places.map(({ left, right, top }) => `M${left} ${HEIGHT}V${top}H${right}V${HEIGHT}z`);
  const caps = places.map(({ left, right, top }) => `M${left} ${top}H${right}`);
  return (
    <Fragment>
      <path d={bars.join("")} className="fill-line" />
      <Stroke d={caps.join("")} className="stroke-edge" width={1} />
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
function linePath(stops: readonly Stop[], name: LineName): string {
  const places = stops.flatMap(({ x, [name]: rate }) => (rate === undefined ? [] : [place(x, rate)]));
  return places.length === 1 ? `M${places.join("")}h2` : pathThrough(places);
}

function bandPath(stops: readonly Stop[]): string {
  const ends = stops.flatMap(({ x, band }) =>
    band ? [{ low: place(x, band[0]), high: place(x, band[1]) }] : [],
  );
  if (ends.length < 2) return "";
  const [there, back] = [ends.map(({ high }) => high), ends.map(({ low }) => low).reverse()];
  return `${pathThrough([...there, ...back])}z`;
}

function pathThrough(places: readonly string[]): string {
  return places.length === 0 ? "" : `M${places.join("L")}`;
}

function place(x: number, rate: number): string {
  return `${short(x * WIDTH)} ${short((1 - rate) * HEIGHT)}`;
}

function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
