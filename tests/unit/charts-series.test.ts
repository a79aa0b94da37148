/** What a chart of conversion over time is drawn from. */
import { describe, expect, test } from "vitest";
import { lineOf } from "@/app/(dashboard)/panels/series-data";
import {
  barsOf,
  fractionOf,
  immaturePart,
  stopsOf,
  VOLUME_PART,
  volumeLimit,
} from "@/components/charts/geometry";
import { shortCount, type Series } from "@/components/charts/series";

const bucket = (attempted: number, confirmed: number, mature = true) => ({
  mature,
  matureCounts: { attempted, confirmed } as never,
});

describe("the line", () => {
  test("has a point for each bucket with enough messages", () => {
    const line = lineOf([bucket(100, 90), bucket(50, 40)]);
    expect(line.map(({ at, rate }) => [at, rate])).toEqual([
      [0, 0.9],
      [1, 0.8],
    ]);
    expect(line[0]!.low).toBeLessThan(0.9);
    expect(line[0]!.high).toBeGreaterThan(0.9);
  });

  test("takes quiet buckets together until there are enough, in their middle, and loses none", () => {
    const line = lineOf([bucket(10, 10), bucket(10, 0), bucket(10, 5), bucket(40, 40), bucket(3, 0)]);
    expect(line.map(({ first, last, at, matureAttempted }) => [first, last, at, matureAttempted])).toEqual([
      [0, 2, 1, 30],
      [3, 4, 3, 43],
    ]);
    expect(line[0]!.rate).toBe(0.5);
    expect(line[1]!.rate).toBeCloseTo(40 / 43, 10);
  });

  test("is none for fewer messages than tell anything", () => {
    expect(lineOf([bucket(20, 10), bucket(9, 1)])).toEqual([]);
    expect(lineOf([])).toEqual([]);
  });

  test("goes on, apart, into a bucket that is partly mature, and not into one that is not at all", () => {
    const line = lineOf([bucket(40, 30), bucket(35, 7, false), bucket(0, 0, false)]);
    const buckets = [0, 1, 2].map((start) => ({ start, end: start + 1 })) as Series["buckets"];
    const stops = stopsOf({ from: 0, to: 3, buckets, line, before: [{ at: 2, rate: 0.5 }] } as Series);
    expect(stops.map(({ mature }) => mature)).toEqual([0.75, undefined, undefined]);
    expect(stops.map(({ immature }) => immature)).toEqual([0.75, 0.2, undefined]);
    expect(stops.map(({ before }) => before)).toEqual([undefined, undefined, 0.5]);
    expect(immaturePart(line.filter(({ mature }) => mature))).toEqual([]);
  });
});

describe("the axes", () => {
  test("end volume at a round number that holds every bar", () => {
    const limit = (...counts: number[]) => volumeLimit(counts.map((attempted) => ({ attempted })));
    expect([limit(), limit(0), limit(3), limit(10), limit(2_723), limit(9_001)]).toEqual([
      2, 2, 4, 10, 4_000, 10_000,
    ]);
  });

  test("write counts shortly", () => {
    expect([7, 999, 1_250, 12_000, 2_500_000].map(shortCount)).toEqual(["7", "999", "1.3k", "12k", "2.5M"]);
  });

  test("stand bars apart while there are few, and draw none for nothing", () => {
    const series = (counts: number[]) => {
      const buckets = counts.map((attempted, start) => ({ attempted, start, end: start + 1 }));
      return { from: 0, to: counts.length, buckets } as Series;
    };
    const [first, ...others] = barsOf(series([5, 0]));
    expect([first?.left, first?.right, others.length]).toEqual([0.05, 0.45, 0]);
    expect(first?.top).toBeCloseTo(VOLUME_PART, 10);
    const many = barsOf(series(Array.from({ length: 121 }, () => 1)));
    expect(many[1]?.left).toBe(many[0]?.right);
  });

  test("keep moments outside at their ends", () => {
    expect([5, 15, 30].map((at) => fractionOf(at, { from: 10, to: 20 }))).toEqual([0, 0.5, 1]);
  });
});
