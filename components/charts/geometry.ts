/**
 * Where everything of a series stands, in a square of 1 by 1 with its origin at the lower left. It is drawn twice: the picture comes
 * with the page and needs no script; the chart takes its place once it is seen, and brings the figures under the pointer. Both are
 * drawn from this, so that nobody sees the one become the other.
 */
import type { LinePoint, Series, SeriesBucket } from "./series";

/** The height in pixels of the part that is drawn in, as `h-60`. */
export const PLOT_HEIGHT = 240;

/** The part of the height that the bars of volume have. */
export const VOLUME_PART = 1 / 3;

/** Strokes in pixels, and how much of its colour the interval's band has. */
export const CONVERSION_WIDTH = 1.75;
export const STEP_WIDTH = 1.25;
export const BEFORE_WIDTH = 1;
export const USUAL_WIDTH = 1.25;

/** The radius in pixels of a step's ends, and of a point without neighbours. */
export const END_RADIUS = 2;
export const IMMATURE_DASH = "4 4";
export const USUAL_DASH = "2 2";
export const BAND_OPACITY = 0.2;

/** How far into the series a moment is, from 0 to 1. */
export function fractionOf(moment: number, { from, to }: Pick<Series, "from" | "to">): number {
  return Math.min(1, Math.max(0, (moment - from) / (to - from)));
}

/** A part of a length, for an SVG that has no units of its own. */
export function percent(fraction: number): string {
  return `${Math.round(fraction * 1e4) / 100}%`;
}

/** The end of the volume's axis: the least of 1, 2, 4, 5, 6, 8 and 10 × 10ⁿ that holds all bars, at least 2 so that its half is whole. */
export function volumeLimit(buckets: readonly Pick<SeriesBucket, "attempted">[]): number {
  const most = Math.max(2, ...buckets.map(({ attempted }) => attempted));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 4, 5, 6, 8].find((factor) => factor * power >= most) ?? 10);
}

/** Of a bucket's width, at either side of its bar. */
const GAP_PART = 0.1;

/** Above this many bars the gaps between them would be all there is to see. */
const MOST_BARS_WITH_GAPS = 120;

interface Bar {
  left: number;
  right: number;
  top: number;
}

/** The bars of volume, each as wide as its stretch of time; none where nothing was attempted. */
export function barsOf(series: Series): Bar[] {
  const { buckets } = series;
  const limit = volumeLimit(buckets);
  const gap = buckets.length > MOST_BARS_WITH_GAPS ? 0 : GAP_PART;
  return buckets
    .filter(({ attempted }) => attempted > 0)
    .map(({ start, end, attempted }) => {
      const [left, right] = [fractionOf(start, series), fractionOf(end, series)];
      const inset = (right - left) * gap;
      return { left: left + inset, right: right - inset, top: (attempted / limit) * VOLUME_PART };
    });
}

/** A bucket as lines pass through it: what there is in it of each. Where there is nothing, a line ends. */
export interface Stop {
  /** In the middle of its time. */
  x: number;
  bucket: SeriesBucket;
  /** What it has a rate of: itself, or with others together. */
  point?: LinePoint;
  band?: [low: number, high: number];
  mature?: number;
  immature?: number;
  before?: number;
}

export type LineName = "mature" | "immature" | "before";

/** The buckets in order, each with what the lines and the band have in it. */
export function stopsOf(series: Series): Stop[] {
  const { buckets, line, before } = series;
  const immature = new Set(immaturePart(line));
  const rates = new Map(before.map(({ at, rate }) => [at, rate]));
  return buckets.map((bucket, at) => {
    const point = line.find(({ first, last }) => first <= at && at <= last);
    const own = point && !isStep(point) ? point : undefined;
    return {
      x: fractionOf((bucket.start + bucket.end) / 2, series),
      bucket,
      point,
      band: own && [own.low, own.high],
      mature: own?.mature ? own.rate : undefined,
      immature: own && immature.has(own) ? own.rate : undefined,
      before: rates.get(at),
    };
  });
}

/** Whether it is of several buckets. */
export function isStep({ first, last }: Pick<LinePoint, "first" | "last">): boolean {
  return first !== last;
}

/** From the last mature point on, where that is right before, so that the two parts meet; nothing when all are mature. */
export function immaturePart(line: readonly LinePoint[]): LinePoint[] {
  const first = line.findIndex(({ mature }) => !mature);
  if (first < 0) return [];
  const [before, begin] = [line[first - 1], line[first]];
  const meets = before && begin && !isStep(before) && before.last === begin.first - 1;
  return line.slice(meets ? first - 1 : first);
}

/** The stops that a line goes through, in parts: it ends where there is nothing. */
export function runsOf(stops: readonly Stop[], name: LineName | "band"): Stop[][] {
  const runs: Stop[][] = [];
  let run: Stop[] = [];
  for (const stop of stops) {
    if (stop[name] !== undefined) run.push(stop);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

/** Buckets that have a rate only together: as long as their time. */
interface Step {
  left: number;
  right: number;
  rate: number;
  low: number;
  high: number;
}

export function stepsOf(series: Series): Step[] {
  return series.line.filter(isStep).flatMap(({ first, last, rate, low, high }) => {
    const [begin, end] = [series.buckets[first], series.buckets[last]];
    if (!begin || !end) return [];
    return [{ left: fractionOf(begin.start, series), right: fractionOf(end.end, series), rate, low, high }];
  });
}

/** Points that have no neighbour to draw a line to. */
export function lonePointsOf(stops: readonly Stop[]): { x: number; rate: number }[] {
  const lone = (name: "mature" | "immature") =>
    runsOf(stops, name).flatMap(([only, ...others]) =>
      only && others.length === 0 ? [{ x: only.x, rate: only[name] ?? 0 }] : [],
    );
  const drawn = new Set(
    runsOf(stops, "immature").flatMap((run) => (run.length > 1 ? run.map(({ x }) => x) : [])),
  );
  const points = [...lone("mature"), ...lone("immature")].filter(({ x }) => !drawn.has(x));
  return points.filter(({ x }, i) => points.findIndex((point) => point.x === x) === i);
}
