/**
 * Buckets of local time: around both days of 2026 that clocks are changed, and in zones that are half an hour or a quarter off.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { DAY, HOUR, QUARTER } from "@/lib/terms/durations";
import { insertHistory, type Batch } from "@/tests/support/insights-database";
import { look, type Interval, type Seen } from "@/tests/support/insights-recount";
import { reportDifferences } from "@/tests/support/insights-reports/all";
import { type Choice } from "@/tests/support/insights-reports/choice";
import { report } from "@/tests/support/insights-reports/request";
import { useProduct } from "@/tests/support/product";

const product = useProduct();

const AFTERWARDS = new Date("2026-12-01T00:00:00Z");

/** Each zone's changes of 2026; of those that have none, days on which others change. */
const CHANGES: Record<string, string[]> = {
  "America/New_York": ["2026-03-08T07:00Z", "2026-11-01T06:00Z"],
  "Europe/Berlin": ["2026-03-29T01:00Z", "2026-10-25T01:00Z"],
  "Australia/Lord_Howe": ["2026-04-04T15:00Z", "2026-10-03T15:30Z"],
  "Asia/Kolkata": ["2026-03-29T01:00Z"],
  "Asia/Kathmandu": ["2026-10-25T01:00Z"],
};

let seen: Seen;

/** Something in every quarter-hour near a change, and now and then something further off; no two quarter-hours alike. */
function history(): Batch[] {
  const changes = [...new Set(Object.values(CHANGES).flat())].map((text) => Date.parse(text));
  const batches: Batch[] = [];
  changes.forEach((change, c) => {
    for (let offset = -40 * HOUR; offset < 40 * HOUR; offset += QUARTER) {
      const n = offset / QUARTER + c + 1000;
      const near = Math.abs(offset) <= 3 * HOUR;
      if (!near && n % 9 > 0) continue;
      const attempted = 1 + (n % 4);
      batches.push({
        at: new Date(change + offset),
        country: ["US", "DE", "AU"][n % 3]!,
        network: n % 2 ? "Claro" : null,
        attempted,
        confirmed: n % 3 > attempted ? attempted : n % 3,
        late: n % 7 === 0 ? 1 : 0,
        failed: 1,
        deliverySeconds: 1 + (n % 90),
      });
    }
    for (let offset = -20 * DAY; offset < 20 * DAY; offset += 7 * HOUR + QUARTER) {
      batches.push({ at: new Date(change + offset), country: "IN", attempted: 1, confirmed: 1 });
    }
  });
  return batches;
}

beforeAll(async () => {
  await insertHistory(product.pool, history());
  seen = await look(product.pool);
});

const nothing: Seen = { messages: [], verifications: [] };
const NONE = { by: "country", compare: "none", filters: {} } as const;

/** A range in days before and after a change, ending at odd quarter-hours. */
function around(change: string, days: number, tz: string, interval: Interval): Choice {
  const moment = Date.parse(change);
  return {
    ...NONE,
    tz,
    interval,
    from: new Date(moment - days * DAY - 3 * QUARTER),
    to: new Date(moment + days * DAY + QUARTER),
  };
}

const DAYS: Record<Interval, number> = { "quarter-hour": 1, hour: 2, day: 5, week: 18, month: 18 };

describe.each(["in deltas", "in cells"])("counted %s", (where) => {
  beforeAll(async () => {
    if (where !== "in cells") return;
    product.configure({});
    while ((await foldDeltas()).more);
    expect((await product.pool.query("select from delta")).rowCount).toBe(0);
  });

  describe.each(Object.entries(CHANGES))("in %s", (tz, changes) => {
    test.each(Object.keys(DAYS) as Interval[])(
      "by %s: buckets, rows and sums are the recount's",
      async (interval) => {
        setClock(() => AFTERWARDS);
        for (const change of changes) {
          const choice = around(change, DAYS[interval], tz, interval);
          expect(await reportDifferences(choice, seen, nothing, AFTERWARDS)).toEqual([]);
          const { rows } = await report("timeseries", {
            from: choice.from.toISOString(),
            to: choice.to.toISOString(),
            tz,
            interval,
          });
          // No gap and no overlap: each begins where the one before ended.
          const ends = rows.map((row: { end: string }) => row.end);
          const starts = rows.map((row: { start: string }) => row.start);
          expect(starts).toEqual([choice.from.toISOString(), ...ends.slice(0, -1)]);
          expect(ends.at(-1)).toBe(choice.to.toISOString());
        }
      },
    );
  });
});

describe("a local date as the range's end", () => {
  test.each([
    ["America/New_York", "2026-03-08", "2026-03-09", 23],
    ["America/New_York", "2026-11-01", "2026-11-02", 25],
    ["Europe/Berlin", "2026-03-29", "2026-03-30", 23],
    ["Europe/Berlin", "2026-10-25", "2026-10-26", 25],
    ["Australia/Lord_Howe", "2026-04-05", "2026-04-06", 24.5],
    ["Australia/Lord_Howe", "2026-10-04", "2026-10-05", 23.5],
    ["Asia/Kathmandu", "2026-10-25", "2026-10-26", 24],
  ])("in %s the day from %s to %s has %s hours", async (tz, from, to, hours) => {
    setClock(() => AFTERWARDS);
    const { rows, range } = await report("timeseries", { from, to, tz, interval: "day" });
    expect(rows).toHaveLength(1);
    expect((Date.parse(range.to) - Date.parse(range.from)) / HOUR).toBe(hours);
    const within = seen.messages.filter(
      ({ requestedAt }) => requestedAt >= new Date(range.from) && requestedAt < new Date(range.to),
    );
    expect(within.length).toBeGreaterThan(0);
    expect(rows[0].attempted).toBe(within.length);
  });
});

test("a day is compared with the day before by the local clock, a week with the same time of the week before", async () => {
  setClock(() => AFTERWARDS);
  const day = { from: "2026-03-09", to: "2026-03-10", tz: "America/New_York" };
  const previous = await report("summary", { ...day, compare: "previous" });
  expect(previous["previousRange"]).toMatchObject({
    from: "2026-03-08T05:00:00.000Z",
    to: "2026-03-09T04:00:00.000Z",
  });
  const week = await report("summary", { ...day, compare: "week" });
  expect(week["previousRange"]).toMatchObject({
    from: "2026-03-02T05:00:00.000Z",
    to: "2026-03-03T05:00:00.000Z",
  });
  const counted = seen.messages.filter(
    ({ requestedAt }) =>
      requestedAt >= new Date("2026-03-08T05:00:00Z") && requestedAt < new Date("2026-03-09T04:00:00Z"),
  );
  expect(previous["previous"].attempted).toBe(counted.length);
});
