/**
 * Ranges of time by name, what they are compared with, and the buckets they are divided into.
 */
import { namesOf } from "./names";

interface RangeTerms {
  /** Its title. */
  words: string;
  /** The stretch right before it, after "compared with"; said by its length where it goes on and has no name. */
  before?: string;
  /** In hours, or in days of the zone's calendar. One that goes on is as long as this when it is whole. */
  length: { hours: number } | { days: number } | { months: 1 };
  /** What of the zone's calendar it begins with, when it is not simply its length ago. */
  since?: "day" | "week" | "month";
  /** Set of one that was over when the day or week began that lasts. */
  ended?: true;
}

/** Ranges by name. All but those that have ended end now. Weeks begin on Monday, as in ISO 8601. */
export const RANGES = {
  "1h": { words: "Last hour", before: "the hour before", length: { hours: 1 } },
  "24h": { words: "Last 24 hours", before: "the 24 hours before", length: { hours: 24 } },
  today: { words: "Today", length: { days: 1 }, since: "day" },
  yesterday: {
    words: "Yesterday",
    before: "the day before",
    length: { days: 1 },
    since: "day",
    ended: true,
  },
  "this-week": { words: "This week", length: { days: 7 }, since: "week" },
  "last-week": {
    words: "Last week",
    before: "the week before",
    length: { days: 7 },
    since: "week",
    ended: true,
  },
  "7d": { words: "Last 7 days", before: "the 7 before", length: { days: 7 } },
  "28d": { words: "Last 28 days", before: "the 28 before", length: { days: 28 } },
  "90d": { words: "Last 90 days", before: "the 90 before", length: { days: 90 } },
  month: { words: "Month to date", length: { months: 1 }, since: "month" },
} as const satisfies Record<string, RangeTerms>;

export type RangeName = keyof typeof RANGES;

/** In the order they are offered in. */
export const RANGE_NAMES = namesOf(RANGES);

/** The range when none is given, and how long one is that has an end only. */
export const DEFAULT_RANGE: RangeName = "28d";

/** Whether a range by name ends now, and goes on. */
export function endsNow(name: RangeName): boolean {
  return termsOf(name).ended !== true;
}

/** A range's terms, with what only some have. */
export function termsOf(name: RangeName): RangeTerms {
  return RANGES[name];
}

/** What a range is compared with by name: the stretch right before it, the same time of an earlier week, or nothing. */
export const COMPARES = ["previous", "week", "none"] as const;
export type Compare = (typeof COMPARES)[number];

/** The buckets of a series, from the shortest. */
export const INTERVALS = ["quarter-hour", "hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];
