/**
 * Ranges of time by name, what they are compared with, and the buckets they are divided into.
 */
import { namesOf } from "./names";

interface RangeTerms {
  /** Its title. */
  words: string;
  /** The stretch right before it, after "compared with". */
  before: string;
  /** In hours, or in days of the zone's calendar. A month to date goes back to its month's start; whole, it is as long as that month. */
  length: { hours: number } | { days: number } | { months: 1 };
}

/** Ranges that end now. */
export const RANGES = {
  "1h": { words: "Last hour", before: "the hour before", length: { hours: 1 } },
  "24h": { words: "Last 24 hours", before: "the 24 hours before", length: { hours: 24 } },
  "7d": { words: "Last 7 days", before: "the 7 before", length: { days: 7 } },
  "28d": { words: "Last 28 days", before: "the 28 before", length: { days: 28 } },
  "90d": { words: "Last 90 days", before: "the 90 before", length: { days: 90 } },
  month: { words: "Month to date", before: "the time of the same length before", length: { months: 1 } },
} as const satisfies Record<string, RangeTerms>;

export type RangeName = keyof typeof RANGES;

/** In the order they are offered in. */
export const RANGE_NAMES = namesOf(RANGES);

/** The range when none is given, and how long one is that has an end only. */
export const DEFAULT_RANGE: RangeName = "28d";

/** What a range is compared with: the stretch right before it, the same time of an earlier week, or nothing. */
export const COMPARES = ["previous", "week", "none"] as const;
export type Compare = (typeof COMPARES)[number];

/** The buckets of a series, from the shortest. */
export const INTERVALS = ["quarter-hour", "hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];
