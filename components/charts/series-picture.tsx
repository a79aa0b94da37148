import { Fragment } from "react";
import {
  BAND_OPACITY,
  barsOf,
  BEFORE_WIDTH,
  CONVERSION_WIDTH,
  END_RADIUS,
  IMMATURE_DASH,
  lonePointsOf,
  runsOf,
  STEP_WIDTH,
  stepsOf,
  stopsOf,
  type LineName,
  type Stop,
} from "./geometry";
import type { Series } from "./series";

/** The drawing's units: it is stretched to the width there is, and its strokes are not. */
const WIDTH = 1000;
const HEIGHT = 100;

interface SeriesPictureProps {
  series: Series;
  /** Whether the screen shows a chart in its place. */
  onPaperOnly: boolean;
}

/** Bars, band and lines, complete without a script. */
export function SeriesPicture({ series, onPaperOnly }: SeriesPictureProps) {
  const stops = stopsOf(series);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`absolute inset-0 size-full overflow-visible ${onPaperOnly ? "hidden print:block" : ""}`}
    >
      <Bars series={series} />
      <path d={bandPath(stops) + stepBands(series)} className="fill-accent" fillOpacity={BAND_OPACITY} />
      <Stroke d={linePath(stops, "before")} className="stroke-edge" width={BEFORE_WIDTH} />
      <Stroke d={linePath(stops, "mature")} className="stroke-accent" width={CONVERSION_WIDTH} />
      <Stroke
        d={linePath(stops, "immature")}
        className="stroke-accent"
        width={CONVERSION_WIDTH}
        dash={IMMATURE_DASH}
      />
      <Steps series={series} stops={stops} />
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

/**
 * Steps with their hollow ends, and points without neighbours. An end is a stroke of no length with a round cap, which stays round however the
 * drawing is stretched; a smaller one on it makes it hollow.
 */
function Steps({ series, stops }: { series: Series; stops: readonly Stop[] }) {
  const steps = stepsOf(series);
  const ends = steps.flatMap(({ left, right, rate }) => [dotPath(left, rate), dotPath(right, rate)]).join("");
  const dots = lonePointsOf(stops).map(({ x, rate }) => dotPath(x, rate));
  return (
    <>
      <Stroke
        d={steps.map(({ left, right, rate }) => `M${place(left, rate)}L${place(right, rate)}`).join("")}
        className="stroke-accent"
        width={STEP_WIDTH}
      />
      <Stroke d={ends} className="stroke-accent" width={2 * END_RADIUS + STEP_WIDTH} />
      <Stroke d={ends} className="stroke-panel" width={2 * END_RADIUS - STEP_WIDTH} />
      <Stroke d={dots.join("")} className="stroke-accent" width={2 * END_RADIUS + STEP_WIDTH} />
    </>
  );
}

function dotPath(x: number, rate: number): string {
  return `M${place(x, rate)}h0`;
}

function stepBands(series: Series): string {
  return stepsOf(series)
    .map(
      ({ left, right, low, high }) =>
        `${pathThrough([place(left, high), place(right, high), place(right, low), place(left, low)])}z`,
    )
    .join("");
}

function linePath(stops: readonly Stop[], name: LineName): string {
  return runsOf(stops, name)
    .filter((run) => run.length > 1)
    .map((run) => pathThrough(run.map(({ x, [name]: rate = 0 }) => place(x, rate))))
    .join("");
}

function bandPath(stops: readonly Stop[]): string {
  return runsOf(stops, "band")
    .filter((run) => run.length > 1)
    .map((run) => {
      const ends = run.map(({ x, band: [low, high] = [0, 0] }) => ({
        low: place(x, low),
        high: place(x, high),
      }));
      const [there, back] = [ends.map(({ high }) => high), ends.map(({ low }) => low).reverse()];
      return `${pathThrough([...there, ...back])}z`;
    })
    .join("");
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
