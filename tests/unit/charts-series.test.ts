/** What a chart of conversion over time is drawn from. */
import { describe, expect, test } from "vitest";
import { lineOf } from "@/app/(dashboard)/panels/series-data";
import { fractionOf, maturePart, shortCount, immaturePart, volumeLimit } from "@/components/charts/series";

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
    expect(maturePart(line).map(({ at }) => at)).toEqual([0]);
    expect(immaturePart(line).map(({ at }) => at)).toEqual([0, 1]);
    expect(immaturePart(maturePart(line))).toEqual([]);
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

  test("keep moments outside at their ends", () => {
    expect([5, 15, 30].map((at) => fractionOf(at, { from: 10, to: 20 }))).toEqual([0, 0.5, 1]);
  });
});
