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

/** A bucket's rate, or that of several together where each has too few messages: then it is a step as long as they are. */
export interface LinePoint {
  /** The buckets it is of, by index, both included. */
  first: number;
  last: number;
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

/** The rate that a finding is measured against, over the time it lasted. */
export interface UsualRate {
  rate: number;
  from: number;
  to: number;
  words: string;
}

/** A moment that somebody marked. */
export interface SeriesNote {
  id: string;
  at: number;
  /** From 1, in the order of time: what stands at its line, and before its words. */
  number: number;
  /** `16 Nov 14:15` */
  when: string;
  /** What happened, and whose it is where that does not go without saying. */
  text: string;
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
  notes: SeriesNote[];
  /** Of the finding that the chart is about. */
  usual?: UsualRate | undefined;
}

/** `1.2k` on an axis. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(count);
  const [unit, sign] = count < 1_000_000 ? [1_000, "k"] : [1_000_000, "M"];
  return `${Math.round((count / unit) * 10) / 10}${sign}`;
}
