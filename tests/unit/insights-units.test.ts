import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addHistogram,
  BIN_LIMITS_MS,
  BINS,
  countOf,
  percentile,
  type Histogram,
} from "@/lib/insights/counting/latency";
import { standsOut } from "@/lib/insights/reports/blocks";
import { insightsRow, lostConversions, ratio } from "@/lib/insights/asking/metrics";
import { QUARTER } from "@/lib/terms/durations";
import { floor, piecesOf, type Span } from "@/lib/insights/counting/spans";
import { nothingMeasured, type Measured } from "@/lib/insights/asking/measured";
import { totalOf } from "@/lib/insights/asking/tallies";

describe("the pieces of a range", () => {
  const quarters = fc.integer({ min: Date.UTC(2024, 0) / QUARTER, max: Date.UTC(2030, 0) / QUARTER });
  const spans: Span[] = ["quarter", "hour", "day", "month"];
  const range = fc.tuple(quarters, fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(...spans));

  test("cover it once, in order, with whole spans no longer than the longest", () => {
    fc.assert(
      fc.property(range, ([start, length, longest]) => {
        const from = new Date(start * QUARTER);
        const to = new Date((start + length) * QUARTER);
        const pieces = piecesOf(from, to, longest);
        const ends = [from, ...pieces.map((piece) => piece.to)].map(Number);
        expect(pieces.map((piece) => piece.from).map(Number)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(length === 0 ? Number(from) : Number(to));
        for (const piece of pieces) {
          expect(piece.from < piece.to).toBe(true);
          expect(floor(piece.span, piece.from)).toEqual(piece.from);
          expect(floor(piece.span, piece.to)).toEqual(piece.to);
          expect(spans.indexOf(piece.span)).toBeLessThanOrEqual(spans.indexOf(longest));
        }
      }),
    );
  });

  test("are few: on each side one of each span that is shorter than the longest inside", () => {
    fc.assert(
      fc.property(range, ([start, length, longest]) => {
        const pieces = piecesOf(new Date(start * QUARTER), new Date((start + length) * QUARTER), longest);
        expect(pieces.length).toBeLessThanOrEqual(2 * spans.indexOf(longest) + 1);
      }),
    );
  });
});

describe("a histogram of durations", () => {
  /** Durations in milliseconds up to a day, short ones as often as long ones. */
  const durations = fc.array(
    fc.double({ min: 0, max: Math.log(86_400_000), noNaN: true }).map((log) => Math.round(Math.exp(log))),
    { minLength: 1, maxLength: 300 },
  );

  function histogramOf(all: number[]): Histogram {
    const bins: Histogram = [];
    for (const ms of all) {
      const found = BIN_LIMITS_MS.findIndex((limit) => ms <= limit);
      const bin = found < 0 ? BINS - 1 : found;
      while (bins.length <= bin) bins.push(0);
      bins[bin]! += 1;
    }
    return bins;
  }

  test("bins are no more than 1.2 times as wide as the one before, from half a second to eleven hours", () => {
    expect(BIN_LIMITS_MS[0]).toBe(500);
    expect(BIN_LIMITS_MS.at(-1)).toBeGreaterThan(11 * 3_600_000);
    BIN_LIMITS_MS.slice(1).forEach((limit, i) => expect(limit / BIN_LIMITS_MS[i]!).toBeLessThan(1.2011));
  });

  test("a percentile lies in the bin that the exact one is in", () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.9, 0.95, 0.99, 1), (all, share) => {
        const sorted = [...all].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length - 1e-9) - 1]!;
        const given = percentile(histogramOf(all), share)! * 1000;
        const upper = BIN_LIMITS_MS.find((limit) => exact <= limit);
        const lower = BIN_LIMITS_MS[(upper ? BIN_LIMITS_MS.indexOf(upper) : BINS - 1) - 1] ?? 0;
        expect(given).toBeGreaterThanOrEqual(lower - 1);
        expect(given).toBeLessThanOrEqual((upper ?? lower * 1.2) + 1);
      }),
    );
  });

  test("percentiles grow with the share, and do not depend on how it was added up", () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const both = histogramOf([...a, ...b]);
        const added: Histogram = [];
        addHistogram(added, histogramOf(a));
        addHistogram(added, histogramOf(b));
        addHistogram(added, [null]);
        expect(added).toEqual(both);
        expect(countOf(added)).toBe(a.length + b.length);
        const shares = [0.01, 0.5, 0.9, 0.99, 1].map((share) => percentile(both, share)!);
        expect(shares).toEqual([...shares].sort((x, y) => x - y));
      }),
    );
  });

  test("of nothing has no percentile", () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([0, 0, 0], 0.99)).toBeNull();
  });
});

describe("a row", () => {
  const measured = (counts: Partial<Measured["counts"]>): Measured => {
    const nothing = nothingMeasured(true);
    return { ...nothing, counts: { ...nothing.counts, ...counts } };
  };

  test("of nothing has no rate: 0 of 0 is null, not 0", () => {
    const row = insightsRow({ all: measured({}), mature: measured({}) });
    expect(row).toMatchObject({
      attempted: 0,
      conversion: null,
      conversionLow: null,
      conversionHigh: null,
      inTimeConversion: null,
      deliveredConversion: null,
      successRate: null,
      resendRate: null,
      recoveryRate: null,
      priceCoverage: null,
      feedbackCoverage: null,
      timeToConfirm: { n: 0, p50: null, p90: null, p99: null },
      deliveryLatency: { n: 0, p50: null, p95: null },
      spend: [],
      lowSample: true,
    });
  });

  test("of young messages has counts and no rate yet", () => {
    const row = insightsRow({
      all: measured({ attempted: 50, confirmed: 20, reported: 5 }),
      mature: measured({}),
    });
    expect(row).toMatchObject({ attempted: 50, confirmed: 20, conversion: null, lowSample: true });
    expect(row.feedbackCoverage).toBe(0.25);
  });

  test("with nobody confirmed has the rate 0, whose interval begins there", () => {
    const all = measured({ attempted: 30, statusOk: 30, verifications: 30 });
    const row = insightsRow({ all, mature: all });
    expect(row).toMatchObject({
      conversion: 0,
      conversionLow: 0,
      successRate: 0,
      resendRate: 0,
      lowSample: false,
    });
    expect(row.recoveryRate).toBeNull();
    expect(row.conversionHigh).toBeGreaterThan(0.1);
  });

  test("never has more than all delivered: a confirmed message without a receipt did arrive", () => {
    const all = measured({ attempted: 10, statusOk: 2, errors: 8, confirmed: 6, contradicted: 5 });
    expect(insightsRow({ all, mature: all }).deliveredConversion).toBe(6 / 7);
  });

  test("keeps out what is not kept: latencies of networks", () => {
    const nothing = nothingMeasured(false);
    expect(insightsRow({ all: nothing, mature: nothing })).toMatchObject({
      timeToConfirm: null,
      deliveryLatency: null,
    });
    const total = totalOf([{ period: 0, all: nothing, mature: nothing }]);
    expect(insightsRow(total).timeToConfirm).toBeNull();
  });

  test("a ratio and what is lost have no value where there is nothing to divide by", () => {
    expect([ratio(0, 0), ratio(0, 5), ratio(5, 5)]).toEqual([null, 0, 1]);
    expect(lostConversions(null, 0.5, 10)).toBeNull();
    expect(lostConversions(0.5, null, 10)).toBeNull();
    expect(lostConversions(0.8, 0.5, 10)).toBeCloseTo(3);
    expect(lostConversions(0.5, 0.8, 10)).toBeCloseTo(-3);
  });
});

describe("a block of numbers", () => {
  const block = (
    name: string,
    attempted: number,
    confirmed: number,
    neighbours: number,
    numbers = attempted,
  ) => ({
    block: name,
    numbers,
    neighbours,
    mature: { attempted, confirmed },
  });
  /** Twelve that are alike but for what chance does. */
  const calm = Array.from({ length: 12 }, (_, i) =>
    block(`+4477009${10 + i}`, 60, 50 + (i % 6), 6 + (i % 5)),
  );

  test("does not stand out among others like it, also with as many neighbours as a full one has by chance", () => {
    expect(calm.filter((each) => standsOut(each, calm))).toEqual([]);
    const full = block("+447700999", 500, 440, 380);
    expect(standsOut(full, [...calm, full])).toBe(false);
    expect(standsOut(full, [full])).toBe(false);
  });

  test.each([
    ["hardly anybody there answers", block("+447700999", 60, 20, 7)],
    ["its numbers follow one another", block("+447700999", 60, 53, 48)],
  ])("stands out where %s", (_, unlike) => {
    const all = [...calm, unlike];
    expect(all.filter((each) => standsOut(each, all))).toEqual([unlike]);
  });
});
