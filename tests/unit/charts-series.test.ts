/** What a chart of conversion over time is drawn from. */
import { describe, expect, test } from "vitest";
import { lineOf, usualOf } from "@/app/(dashboard)/panels/series-data";
import {
  barsOf,
  fractionOf,
  immaturePart,
  lonePointsOf,
  runsOf,
  stepsOf,
  stopsOf,
  VOLUME_PART,
  volumeLimit,
} from "@/components/charts/geometry";
import { shortCount, type Series } from "@/components/charts/series";

const bucket = (attempted: number, confirmed: number, mature = true) => ({
  mature,
  matureCounts: { attempted, confirmed } as never,
});

/** Where each point is, and what it is of. */
const extents = (line: ReturnType<typeof lineOf>) =>
  line.map(({ first, last, matureAttempted }) => [first, last, matureAttempted]);

const HOUR = 3_600_000;
const hours = (...counts: number[]) =>
  counts.map((attempted, i) => ({
    ...bucket(attempted, Math.round(attempted * 0.9)),
    start: new Date(i * HOUR),
  }));

describe("the line", () => {
  test("has a point for each bucket with enough messages", () => {
    const line = lineOf([bucket(100, 90), bucket(50, 40)]);
    expect(line.map(({ first, rate }) => [first, rate])).toEqual([
      [0, 0.9],
      [1, 0.8],
    ]);
    expect(line[0]!.low).toBeLessThan(0.9);
    expect(line[0]!.high).toBeGreaterThan(0.9);
  });

  test("takes quiet buckets together among themselves only, and leaves one with enough as it is", () => {
    const line = lineOf([bucket(10, 10), bucket(10, 0), bucket(10, 5), bucket(40, 40), bucket(3, 0)]);
    expect(extents(line)).toEqual([
      [0, 2, 30],
      [3, 3, 40],
    ]);
    expect(line.map(({ rate }) => rate)).toEqual([0.5, 1]);
  });

  test("gives what is left over to the quiet ones right before", () => {
    expect(extents(lineOf(hours(20, 20, 5, 100, 10, 100)))).toEqual([
      [0, 2, 45],
      [3, 3, 100],
      [5, 5, 100],
    ]);
  });

  test("never goes over an empty stretch, wherever it is", () => {
    expect(extents(lineOf(hours(0, 0, 40, 0, 0, 40, 0)))).toEqual([
      [2, 2, 40],
      [5, 5, 40],
    ]);
    expect(extents(lineOf(hours(20, 0, 20, 20, 0, 20)))).toEqual([[2, 3, 40]]);
  });

  test("takes nothing together over the border of a finding", () => {
    const counts = [15, 15, 15, 15, 15, 15];
    expect(extents(lineOf(hours(...counts), [3 * HOUR]))).toEqual([
      [0, 2, 45],
      [3, 5, 45],
    ]);
    expect(extents(lineOf(hours(...counts), [HOUR]))).toEqual([
      [1, 2, 30],
      [3, 5, 45],
    ]);
  });

  test("is none for fewer messages than tell anything", () => {
    expect(lineOf([bucket(20, 10), bucket(9, 1)])).toEqual([]);
    expect(lineOf([])).toEqual([]);
  });

  const seriesOf = (line: ReturnType<typeof lineOf>, length: number) => {
    const buckets = Array.from({ length }, (_, start) => ({ start, end: start + 1 })) as Series["buckets"];
    return { from: 0, to: length, buckets, line, before: [{ at: 2, rate: 0.5 }] } as unknown as Series;
  };

  test("goes on, apart, into a bucket that is partly mature, and not into one that is not at all", () => {
    const line = lineOf([bucket(40, 30), bucket(35, 7, false), bucket(0, 0, false)]);
    const stops = stopsOf(seriesOf(line, 3));
    expect(stops.map(({ mature }) => mature)).toEqual([0.75, undefined, undefined]);
    expect(stops.map(({ immature }) => immature)).toEqual([0.75, 0.2, undefined]);
    expect(stops.map(({ before }) => before)).toEqual([undefined, undefined, 0.5]);
    expect(immaturePart(line.filter(({ mature }) => mature))).toEqual([]);
  });

  test("ends at a gap, is level where several are together, and a dot where there is no neighbour", () => {
    const series = seriesOf(
      lineOf([
        bucket(40, 30),
        bucket(40, 30),
        bucket(0, 0),
        bucket(15, 3),
        bucket(15, 3),
        bucket(0, 0),
        bucket(40, 20),
      ]),
      7,
    );
    const stops = stopsOf(series);
    expect(runsOf(stops, "mature").map((run) => run.map(({ mature }) => mature))).toEqual([
      [0.75, 0.75],
      [0.5],
    ]);
    expect(stepsOf(series)).toMatchObject([{ left: 3 / 7, right: 5 / 7, rate: 0.2 }]);
    expect(lonePointsOf(stops)).toEqual([{ x: 6.5 / 7, rate: 0.5 }]);
    expect(stops[3]?.point).toBe(stops[4]?.point);
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

describe("a finding's usual rate", () => {
  const range = { from: new Date(10 * HOUR), to: new Date(20 * HOUR), tz: "UTC" };
  const finding = { network: null, since: new Date(14 * HOUR), until: null, baseline: 0.91 };

  test("is drawn from where it began to where it or the picture ends", () => {
    const open = usualOf(finding, { range, filters: {} });
    expect(open).toMatchObject({ rate: 0.91, from: 14 * HOUR, to: 20 * HOUR });
    expect(open?.words).toContain("91.0");
    const over = { ...finding, since: new Date(2 * HOUR), until: new Date(12 * HOUR) };
    expect(usualOf(over, { range, filters: {} })).toMatchObject({ from: 10 * HOUR, to: 12 * HOUR });
  });

  test("of a network is not drawn among all of them", () => {
    const ofNetwork = { ...finding, network: "Oi" };
    expect(usualOf(ofNetwork, { range, filters: {} })).toBeUndefined();
    const filters = { network: { in: ["Oi"], notIn: [] } };
    expect(usualOf(ofNetwork, { range, filters })).toMatchObject({ rate: 0.91 });
  });
});
