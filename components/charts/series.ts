/**
 * What a chart of conversion and volume over time is drawn from: plain data, the same for the picture from the server and for the
 * chart in the browser.
 */
import type { FindingKind } from "@/lib/terms/findings";
import type { Rate } from "@/lib/insights/asking/metrics";

export interface SeriesBucket {
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  /** Which stretch of time it is: `Mon 16 Nov`, `16 Nov 14:00–15:00`. */
  label: string;
  attempted: number;
  confirmed: number;
  /** Attempted messages that rates are of, and those of them that were confirmed. */
  matureAttempted: number;
  matureConfirmed: number;
  conversion: Rate;
  low: Rate;
  high: Rate;
  /** Whether all of it is mature. */
  mature: boolean;
  lowSample: boolean;
}

/** A point of a line: a bucket's rate, or that of several together where each has too few messages. */
export interface LinePoint {
  /** The buckets it is of, by index, both included. */
  first: number;
  last: number;
  /** The one it stands in, in their middle. */
  at: number;
  matureAttempted: number;
  rate: number;
  low: number;
  high: number;
  mature: boolean;
}

export interface SeriesMark {
  id: string;
  kind: FindingKind;
  /** Whose it is, what, and since when: `Indonesia, conversion drop since 16 Nov 14:15`. */
  words: string;
  href: string;
  at: number;
  until: number | null;
  open: boolean;
}

export interface Tick {
  at: number;
  label: string;
}

export interface Series {
  from: number;
  to: number;
  buckets: SeriesBucket[];
  line: LinePoint[];
  /** Of the range compared with, by the bucket of this one it falls in; empty when there is none. */
  before: { at: number; rate: number }[];
  /** Where the first bucket begins whose messages may still be confirmed in time. */
  matureUntil: number;
  ticks: Tick[];
  marks: SeriesMark[];
}

/** The part of the height that the bars of volume have. */
export const VOLUME_PART = 1 / 3;

/** The height in pixels of the part that is drawn in, as `h-60`. */
export const PLOT_HEIGHT = 240;

/** The end of the volume's axis: the least of 1, 2, 4, 5, 6, 8 and 10 × 10ⁿ that holds all bars, at least 2 so that its half is whole. */
export function volumeLimit(buckets: readonly Pick<SeriesBucket, "attempted">[]): number {
  const most = Math.max(2, ...buckets.map(({ attempted }) => attempted));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * [1, 2, 4, 5, 6, 8, 10].find((factor) => factor * power >= most)!;
}

/** Where a bucket's points stand: in its middle. */
export function middleOf({ start, end }: Pick<SeriesBucket, "start" | "end">): number {
  return (start + end) / 2;
}

/** How far into the series a moment is, from 0 to 1. */
export function fractionOf(moment: number, { from, to }: Pick<Series, "from" | "to">): number {
  return Math.min(1, Math.max(0, (moment - from) / (to - from)));
}

/** `1.2k` on an axis. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(count);
  const [unit, sign] = count < 1_000_000 ? [1_000, "k"] : [1_000_000, "M"];
  return `${Math.round((count / unit) * 10) / 10}${sign}`;
}

export function maturePart(line: readonly LinePoint[]): LinePoint[] {
  return line.filter(({ mature }) => mature);
}

/** From the last mature point on, so that the two parts meet; nothing when all are mature. */
export function immaturePart(line: readonly LinePoint[]): LinePoint[] {
  const first = line.findIndex(({ mature }) => !mature);
  return first < 0 ? [] : line.slice(Math.max(0, first - 1));
}
