import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketCount,
  bucketEnd,
  bucketStarts,
  comparisonRange,
  isTimeZone,
  largestSpan,
  MAX_BUCKETS,
  roundOutward,
  type Range,
} from "@/lib/insights/asking/range";
import type { Interval } from "@/lib/terms/ranges";
import { DAY, HOUR, QUARTER } from "@/lib/terms/durations";

const range = (tz: string, from: string, to: string): Range => ({
  from: new Date(from),
  to: new Date(to),
  tz,
});

const minutes = (moments: readonly Date[]) =>
  moments.map((moment) => moment.toISOString().slice(0, 16) + "Z");

const buckets = (tz: string, from: string, to: string, interval: Interval) =>
  minutes(bucketStarts(range(tz, from, to), interval));

const lengths = (within: Range, interval: Interval) => {
  const starts = bucketStarts(within, interval);
  return starts.map((start, index) => bucketEnd(starts, index, within).getTime() - start.getTime());
};

/** What a clock on the wall shows, by Intl and not by Temporal. */
function wallClock(tz: string): (time: number) => Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    calendar: "gregory",
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (time) => Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
}

type Clock = Record<string, string>;
const dateOf = ({ year, month, day }: Clock) => `${year}-${month}-${day}`;
const begins: Record<Interval, (now: Clock, before: Clock) => boolean> = {
  "quarter-hour": () => true,
  hour: (now, before) => now["minute"] === "00" || now["hour"] !== before["hour"],
  day: (now, before) => dateOf(now) !== dateOf(before),
  week: (now, before) => dateOf(now) !== dateOf(before) && now["weekday"] === "Mon",
  month: (now, before) => dateOf(now) !== dateOf(before) && now["day"] === "01",
};

/** The same starts, found by looking at the clock every quarter of an hour. */
function startsByWalking({ from, to, tz }: Range, interval: Interval): Date[] {
  const clockAt = wallClock(tz);
  const starts = [from];
  let before = clockAt(from.getTime());
  for (let time = from.getTime() + QUARTER; time < to.getTime(); time += QUARTER) {
    const now = clockAt(time);
    if (begins[interval](now, before)) starts.push(new Date(time));
    before = now;
  }
  return starts;
}

const INTERVALS: Interval[] = ["quarter-hour", "hour", "day", "week", "month"];
const UNUSUAL = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "America/Havana",
  "America/Nuuk",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Antarctica/Troll",
  "Asia/Beirut",
  "Europe/Berlin",
  "Pacific/Apia",
];

/** Any zone, and often an unusual one. */
const anyZone = fc.oneof(fc.constantFrom(...UNUSUAL), fc.constantFrom(...Intl.supportedValuesOf("timeZone")));

/** In the years of this product, when all zones' offsets and changes are at quarter-hours. */
const anyRange = (longest: number) =>
  fc
    .record({
      start: fc.integer({ min: Date.UTC(2023, 0) / QUARTER, max: Date.UTC(2036, 0) / QUARTER }),
      length: fc.integer({ min: 1, max: longest / QUARTER }),
      tz: anyZone,
    })
    .map(({ start, length, tz }) => ({
      from: new Date(start * QUARTER),
      to: new Date((start + length) * QUARTER),
      tz,
    }));

describe("buckets of any range", () => {
  test.each(INTERVALS)("by %s begin where the clock on the wall says", (interval) => {
    const longest = { "quarter-hour": 2, hour: 10, day: 20, week: 40, month: 100 }[interval] * DAY;
    fc.assert(
      fc.property(anyRange(longest), (within) => {
        expect(minutes(bucketStarts(within, interval))).toEqual(minutes(startsByWalking(within, interval)));
      }),
      { numRuns: interval === "month" ? 20 : 60 },
    );
  });

  test.each(UNUSUAL)("by hour and by day do so in %s when its clocks change", (tz) => {
    const offsetAt = (time: number) => {
      const { year, month, day, hour, minute } = wallClock(tz)(time);
      return Date.parse(`${year}-${month}-${day}T${hour}:${minute}Z`) - time;
    };
    for (let time = Date.UTC(2026, 0); time < Date.UTC(2027, 0); time += DAY) {
      if (offsetAt(time) === offsetAt(time + DAY)) continue;
      const within = { from: new Date(time - DAY), to: new Date(time + 2 * DAY), tz };
      for (const interval of ["hour", "day"] as const) {
        expect(minutes(bucketStarts(within, interval))).toEqual(minutes(startsByWalking(within, interval)));
      }
    }
  });

  test("cover it without gap or overlap, at quarter-hours, and are counted right", () => {
    fc.assert(
      fc.property(anyRange(200 * DAY), fc.constantFrom(...INTERVALS), (within, interval) => {
        const starts = bucketStarts(within, interval);
        expect(starts[0]).toEqual(within.from);
        expect(bucketEnd(starts, starts.length - 1, within)).toEqual(within.to);
        const each = lengths(within, interval);
        expect(each.every((length) => length > 0 && length % QUARTER === 0)).toBe(true);
        expect(each.reduce((sum, length) => sum + length)).toBe(within.to.getTime() - within.from.getTime());
        if (starts.length <= MAX_BUCKETS) expect(bucketCount(within, interval)).toBe(starts.length);
      }),
    );
  });

  test("do not depend on where it begins and ends, apart from the first", () => {
    fc.assert(
      fc.property(
        anyRange(20 * DAY),
        fc.integer({ min: 1, max: 2000 }),
        fc.constantFrom(...INTERVALS),
        ({ from, to: middle, tz }, quarters, interval) => {
          const to = new Date(middle.getTime() + quarters * QUARTER);
          const halves = [
            ...bucketStarts({ from, to: middle, tz }, interval),
            ...bucketStarts({ from: middle, to, tz }, interval).slice(1),
          ];
          const whole = bucketStarts({ from, to, tz }, interval);
          const others = whole.filter((start) => start.getTime() !== middle.getTime());
          expect(minutes(halves)).toEqual(minutes(others));
        },
      ),
    );
  });
});

describe("buckets of known days", () => {
  test("the first is clipped, the last ends with the range", () => {
    expect(buckets("UTC", "2026-10-26T10:15Z", "2026-10-26T12:30Z", "hour")).toEqual([
      "2026-10-26T10:15Z",
      "2026-10-26T11:00Z",
      "2026-10-26T12:00Z",
    ]);
    expect(buckets("UTC", "2026-10-26T10:15Z", "2026-10-26T10:45Z", "month")).toEqual(["2026-10-26T10:15Z"]);
    expect(buckets("UTC", "2026-10-26T10:15Z", "2026-10-26T10:45Z", "quarter-hour")).toEqual([
      "2026-10-26T10:15Z",
      "2026-10-26T10:30Z",
    ]);
  });

  test("an empty range has none", () => {
    for (const interval of INTERVALS) {
      expect(buckets("Europe/Berlin", "2026-10-26T10:15Z", "2026-10-26T10:15Z", interval)).toEqual([]);
    }
  });

  test.each([
    ["Asia/Kolkata", "18:30", "19:30"],
    ["Asia/Kathmandu", "18:15", "19:15"],
  ])("in %s a day begins at %s UTC", (tz, day, hour) => {
    expect(buckets(tz, "2026-10-26T12:00Z", "2026-10-28T12:00Z", "day")).toEqual([
      "2026-10-26T12:00Z",
      `2026-10-26T${day}Z`,
      `2026-10-27T${day}Z`,
    ]);
    expect(buckets(tz, "2026-10-26T18:00Z", "2026-10-26T20:00Z", "hour")).toEqual([
      "2026-10-26T18:00Z",
      `2026-10-26T${day}Z`,
      `2026-10-26T${hour}Z`,
    ]);
  });

  test.each([
    ["America/New_York", "2026-03-08T05:00Z", "2026-03-09T04:00Z", 23],
    ["America/New_York", "2026-11-01T04:00Z", "2026-11-02T05:00Z", 25],
    ["Europe/Berlin", "2026-03-28T23:00Z", "2026-03-29T22:00Z", 23],
    ["Europe/Berlin", "2026-10-24T22:00Z", "2026-10-25T23:00Z", 25],
    ["Australia/Lord_Howe", "2026-04-04T13:00Z", "2026-04-05T13:30Z", 24.5],
    ["Australia/Lord_Howe", "2026-10-03T13:30Z", "2026-10-04T13:00Z", 23.5],
    ["America/Santiago", "2026-09-06T04:00Z", "2026-09-07T03:00Z", 23],
    ["Antarctica/Troll", "2026-03-29T00:00Z", "2026-03-29T22:00Z", 22],
  ])("in %s the day from %s to %s has %s hours", (tz, from, to, hours) => {
    const days = range(
      tz,
      new Date(Date.parse(from) - DAY).toISOString(),
      new Date(Date.parse(to) + DAY).toISOString(),
    );
    const starts = bucketStarts(days, "day").map(Number);
    expect(starts).toContain(Date.parse(from));
    expect(starts[starts.indexOf(Date.parse(from)) + 1]).toBe(Date.parse(to));
    expect(Date.parse(to) - Date.parse(from)).toBe(hours * HOUR);
    const day = lengths(range(tz, from, to), "hour");
    if (Number.isInteger(hours)) expect(day).toEqual(Array(hours).fill(HOUR));
  });

  test("Lord Howe has an hour of 90 minutes, and half a year later one of 30", () => {
    // 02:00 becomes 01:30, and 02:00 becomes 02:30.
    expect(buckets("Australia/Lord_Howe", "2026-04-04T13:00Z", "2026-04-04T17:00Z", "hour")).toEqual([
      "2026-04-04T13:00Z",
      "2026-04-04T14:00Z",
      "2026-04-04T15:30Z",
      "2026-04-04T16:30Z",
    ]);
    expect(buckets("Australia/Lord_Howe", "2026-10-03T14:30Z", "2026-10-03T17:00Z", "hour")).toEqual([
      "2026-10-03T14:30Z",
      "2026-10-03T15:30Z",
      "2026-10-03T16:00Z",
    ]);
  });

  test("Chatham's clocks change from 02:45 to 03:45 and back, in the middle of an hour", () => {
    // From 12:45 and 13:45 ahead: 02:00 and 03:45, 04:00; then 03:00, 02:45, 03:00 again.
    expect(buckets("Pacific/Chatham", "2026-09-26T13:15Z", "2026-09-26T15:15Z", "hour")).toEqual([
      "2026-09-26T13:15Z",
      "2026-09-26T14:00Z",
      "2026-09-26T14:15Z",
    ]);
    expect(buckets("Pacific/Chatham", "2026-04-04T13:15Z", "2026-04-04T15:15Z", "hour")).toEqual([
      "2026-04-04T13:15Z",
      "2026-04-04T14:00Z",
      "2026-04-04T14:15Z",
    ]);
  });

  test("in Apia 30 December 2011 did not happen", () => {
    expect(buckets("Pacific/Apia", "2011-12-29T10:00Z", "2012-01-01T10:00Z", "day")).toEqual([
      "2011-12-29T10:00Z",
      "2011-12-30T10:00Z",
      "2011-12-31T10:00Z",
    ]);
  });

  test("offsets of seconds round down to a quarter-hour", () => {
    for (const interval of INTERVALS) {
      const within = range("Africa/Monrovia", "1971-12-20T00:00Z", "1972-01-20T00:00Z");
      const each = lengths(within, interval);
      expect(each.every((length) => length > 0 && length % QUARTER === 0)).toBe(true);
    }
    // 44 min 30 s behind: midnight was at 00:44:30 UTC.
    expect(buckets("Africa/Monrovia", "1971-12-20T00:00Z", "1971-12-21T12:00Z", "day")).toEqual([
      "1971-12-20T00:00Z",
      "1971-12-20T00:30Z",
      "1971-12-21T00:30Z",
    ]);
  });

  test("weeks begin on Monday, months on the first", () => {
    expect(buckets("Europe/Berlin", "2026-10-14T22:00Z", "2026-11-04T23:00Z", "week")).toEqual([
      "2026-10-14T22:00Z",
      "2026-10-18T22:00Z",
      "2026-10-25T23:00Z",
      "2026-11-01T23:00Z",
    ]);
    expect(buckets("Europe/Berlin", "2025-12-31T23:00Z", "2026-05-01T00:00Z", "month")).toEqual([
      "2025-12-31T23:00Z",
      "2026-01-31T23:00Z",
      "2026-02-28T23:00Z",
      "2026-03-31T22:00Z",
      "2026-04-30T22:00Z",
    ]);
  });
});

describe("the number of buckets", () => {
  test.each(INTERVALS)("by %s of all time is far too high, and costs nothing to know", (interval) => {
    expect(
      bucketCount(range("Europe/Berlin", "0001-01-01T00:00Z", "9999-12-31T00:00Z"), interval),
    ).toBeGreaterThan(MAX_BUCKETS);
  });

  test("is exact around the limit", () => {
    const from = Date.UTC(2026, 0);
    const of = (n: number) => ({ from: new Date(from), to: new Date(from + n * HOUR), tz: "Europe/Berlin" });
    expect(bucketCount(of(MAX_BUCKETS), "hour")).toBe(MAX_BUCKETS);
    expect(bucketCount(of(MAX_BUCKETS + 1), "hour")).toBe(MAX_BUCKETS + 1);
    expect(bucketCount(of(0), "hour")).toBe(0);
    expect(bucketCount(of(-5), "hour")).toBe(0);
  });
});

test.each<[string, Interval, "quarter" | "hour" | "day"]>([
  ["UTC", "week", "day"],
  ["UTC", "day", "day"],
  ["UTC", "hour", "hour"],
  ["UTC", "quarter-hour", "quarter"],
  ["Europe/Berlin", "day", "hour"],
  ["Europe/Berlin", "hour", "hour"],
  ["Asia/Kolkata", "month", "quarter"],
  ["Asia/Kolkata", "hour", "quarter"],
  ["Australia/Lord_Howe", "day", "quarter"],
])("in %s, buckets by %s can be put together from counts by %s", (tz, interval, span) => {
  expect(largestSpan(bucketStarts(range(tz, "2026-09-20T07:15Z", "2026-11-20T09:45Z"), interval))).toBe(span);
});

test("a single bucket asks for nothing but its ends", () => {
  expect(largestSpan([new Date("2026-10-26T10:15Z")])).toBe("day");
});

test.each([
  ["2026-10-26T10:14:59.999Z", "2026-10-26T10:15:00.001Z", "10:00", "10:30"],
  ["2026-10-26T10:15:00Z", "2026-10-26T10:30:00Z", "10:15", "10:30"],
  ["1969-12-31T10:14:00Z", "1969-12-31T10:16:00Z", "10:00", "10:30"],
])("from %s to %s is rounded outward, from %s to %s", (from, to, roundedFrom, roundedTo) => {
  const rounded = roundOutward(new Date(from), new Date(to));
  expect(minutes([rounded.from, rounded.to]).map((moment) => moment.slice(11, 16))).toEqual([
    roundedFrom,
    roundedTo,
  ]);
});

describe("a time zone", () => {
  test.each([
    "UTC",
    "utc",
    "Europe/Berlin",
    "europe/berlin",
    "Asia/Calcutta",
    "Asia/Kolkata",
    "Europe/Kyiv",
    "US/Pacific",
    "Etc/GMT-5",
    "America/Argentina/Buenos_Aires",
    "GMT",
  ])("is %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
    expect(bucketStarts(range(name, "2026-10-26T10:15Z", "2026-10-28T10:15Z"), "day")).toHaveLength(3);
  });

  test.each([
    "",
    "+05:30",
    "-03",
    "+0530",
    "Z",
    "PST",
    "Mars/Olympus",
    "Europe/Berlin ",
    "Europe",
    "\0",
    "../etc",
  ])("is not %j", (name) => expect(isTimeZone(name)).toBe(false));

  test("is every one that Intl lists", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((name) => !isTimeZone(name))).toEqual([]);
  });
});

describe("a range is compared", () => {
  const compared = (tz: string, from: string, to: string, compare: "previous" | "week") => {
    const earlier = comparisonRange(range(tz, from, to), compare)!;
    expect(earlier.tz).toBe(tz);
    return minutes([earlier.from, earlier.to]);
  };

  test("with nothing", () => {
    expect(comparisonRange(range("UTC", "2026-10-26T00:00Z", "2026-10-27T00:00Z"), "none")).toBeNull();
  });

  test.each([
    ["a part of a day", "UTC", "2026-10-26T10:15Z", "2026-10-26T12:00Z", "2026-10-26T08:30Z"],
    ["days", "UTC", "2026-10-26T00:00Z", "2026-11-23T00:00Z", "2026-09-28T00:00Z"],
    [
      "days after the one of 25 hours",
      "Europe/Berlin",
      "2026-10-25T23:00Z",
      "2026-11-01T23:00Z",
      "2026-10-18T22:00Z",
    ],
    [
      "the day of 25 hours",
      "America/New_York",
      "2026-11-01T04:00Z",
      "2026-11-02T05:00Z",
      "2026-10-31T04:00Z",
    ],
    [
      "the day of 23 hours",
      "America/New_York",
      "2026-03-08T05:00Z",
      "2026-03-09T04:00Z",
      "2026-03-07T05:00Z",
    ],
    [
      "the day without midnight",
      "America/Santiago",
      "2026-09-06T04:00Z",
      "2026-09-07T03:00Z",
      "2026-09-05T04:00Z",
    ],
    ["the day after it", "America/Santiago", "2026-09-07T03:00Z", "2026-09-08T03:00Z", "2026-09-06T04:00Z"],
    ["a month", "UTC", "2026-03-01T00:00Z", "2026-04-01T00:00Z", "2026-02-01T00:00Z"],
    ["a month with a change", "Europe/Berlin", "2026-10-31T23:00Z", "2026-11-30T23:00Z", "2026-09-30T22:00Z"],
    ["a quarter", "Asia/Kolkata", "2026-03-31T18:30Z", "2026-06-30T18:30Z", "2025-12-31T18:30Z"],
    ["a year", "UTC", "2025-01-01T00:00Z", "2026-01-01T00:00Z", "2024-01-01T00:00Z"],
    [
      "a month UTC seen from elsewhere",
      "Asia/Kolkata",
      "2026-03-01T00:00Z",
      "2026-04-01T00:00Z",
      "2026-01-29T00:00Z",
    ],
    [
      "from a repeated midnight",
      "America/Havana",
      "2026-11-01T05:00Z",
      "2026-11-02T05:00Z",
      "2026-10-31T05:00Z",
    ],
  ])("with what was right before: %s", (_, tz, from, to, earlier) => {
    expect(compared(tz, from, to, "previous")).toEqual([earlier, from.slice(0, 16) + "Z"]);
  });

  test.each([
    ["two hours", "UTC", "2026-10-26T10:00Z", "2026-10-26T12:00Z", "2026-10-19T10:00Z", "2026-10-19T12:00Z"],
    [
      "two hours, by the clock",
      "Europe/Berlin",
      "2026-10-26T09:00Z",
      "2026-10-26T11:00Z",
      "2026-10-19T08:00Z",
      "2026-10-19T10:00Z",
    ],
    [
      "seven days, one of 25 hours",
      "Europe/Berlin",
      "2026-10-18T22:00Z",
      "2026-10-25T23:00Z",
      "2026-10-11T22:00Z",
      "2026-10-18T22:00Z",
    ],
    ["eight days", "UTC", "2026-10-26T00:00Z", "2026-11-03T00:00Z", "2026-10-12T00:00Z", "2026-10-20T00:00Z"],
    [
      "seven days, rounded outward",
      "UTC",
      "2026-10-26T00:00Z",
      "2026-11-02T00:15Z",
      "2026-10-19T00:00Z",
      "2026-10-26T00:15Z",
    ],
    [
      "seven days and three quarters",
      "UTC",
      "2026-10-26T00:00Z",
      "2026-11-02T00:45Z",
      "2026-10-12T00:00Z",
      "2026-10-19T00:45Z",
    ],
    ["four weeks", "UTC", "2026-10-26T00:00Z", "2026-11-23T00:00Z", "2026-09-28T00:00Z", "2026-10-26T00:00Z"],
    [
      "a week to the day without midnight",
      "America/Santiago",
      "2026-08-30T04:00Z",
      "2026-09-06T04:00Z",
      "2026-08-23T04:00Z",
      "2026-08-30T04:00Z",
    ],
    [
      "a week from it",
      "America/Santiago",
      "2026-09-06T04:00Z",
      "2026-09-13T03:00Z",
      "2026-08-30T04:00Z",
      "2026-09-06T04:00Z",
    ],
    [
      "the hour that was skipped",
      "America/New_York",
      "2026-03-15T06:30Z",
      "2026-03-15T07:00Z",
      "2026-03-08T07:30Z",
      "2026-03-08T08:00Z",
    ],
    [
      "across the hour that is repeated",
      "America/New_York",
      "2026-11-01T05:45Z",
      "2026-11-01T06:15Z",
      "2026-10-25T05:45Z",
      "2026-10-25T06:15Z",
    ],
  ])("with an earlier week: %s", (_, tz, from, to, earlier, earlierEnd) => {
    expect(compared(tz, from, to, "week")).toEqual([earlier, earlierEnd]);
  });

  test("with one that ends before it begins, is not empty, and is at quarter-hours", () => {
    fc.assert(
      fc.property(
        anyRange(100 * DAY),
        fc.constantFrom("previous" as const, "week" as const),
        (within, compare) => {
          const { from, to, tz } = comparisonRange(within, compare)!;
          expect(from.getTime()).toBeLessThan(to.getTime());
          // A week is one, although rounding outward adds up to two quarter-hours.
          const overlap = compare === "week" ? 2 * QUARTER : 0;
          expect(to.getTime()).toBeLessThanOrEqual(within.from.getTime() + overlap);
          expect([from.getTime() % QUARTER, to.getTime() % QUARTER, tz]).toEqual([0, 0, within.tz]);
          const grew = to.getTime() - from.getTime() - (within.to.getTime() - within.from.getTime());
          // Clocks change at both ends at most, Troll's by two hours.
          if (compare === "week") expect(Math.abs(grew)).toBeLessThanOrEqual(6 * HOUR);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("with the same weekdays and times, by the clock on the wall", () => {
    fc.assert(
      fc.property(anyRange(30 * DAY), (within) => {
        const clockAt = wallClock(within.tz);
        const shows = (date: Date) => {
          const { weekday, hour, minute } = clockAt(date.getTime());
          return [weekday, hour, minute];
        };
        const earlier = comparisonRange(within, "week")!;
        const changes = [within.from, within.to, earlier.from, earlier.to].some((date) => {
          const before = shows(new Date(date.getTime() - 3 * HOUR));
          const after = shows(new Date(date.getTime() + 3 * HOUR));
          return before[2] !== after[2] || (Number(after[1]) - Number(before[1]) + 24) % 24 !== 6;
        });
        fc.pre(!changes);
        expect(shows(earlier.from)).toEqual(shows(within.from));
        expect(shows(earlier.to)).toEqual(shows(within.to));
      }),
      { numRuns: 300 },
    );
  });
});
