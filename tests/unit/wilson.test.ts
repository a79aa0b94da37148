import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceBeyondNoise, newcombe, wilson } from "@/lib/insights/statistics/wilson";

const proportion = fc
  .integer({ min: 1, max: 1_000_000 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe("the interval of a proportion", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i is Newcombe's", (successes, n, low, high) => {
    const bounds = wilson(successes, n)!;
    expect(bounds.low).toBeCloseTo(low, 4);
    expect(bounds.high).toBeCloseTo(high, 4);
  });

  test("0 of 0 has none", () => expect(wilson(0, 0)).toBeNull());

  test("it is exactly 0 below none, and 1 above all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (n) => {
        expect(wilson(0, n)!.low).toBe(0);
        expect(wilson(n, n)!.high).toBe(1);
        expect(wilson(0, n)!.high).toBeLessThan(1);
        expect(wilson(n, n)!.low).toBeGreaterThan(0);
      }),
    );
  });

  test("it holds the rate and lies within 0 and 1", () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const { low, high } = wilson(successes, n)!;
        expect(0 <= low && low <= successes / n && successes / n <= high && high <= 1).toBe(true);
      }),
    );
  });

  test("its ends are where the score test turns: |p − bound| is z standard errors at the bound", () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        for (const bound of Object.values(wilson(successes, n)!) as number[]) {
          if (bound === 0 || bound === 1) continue;
          const z = Math.abs(successes / n - bound) / Math.sqrt((bound * (1 - bound)) / n);
          expect(z).toBeCloseTo(1.959964, 4);
        }
      }),
    );
  });

  test("one more success moves both ends up", () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        fc.pre(successes < n);
        const [fewer, more] = [wilson(successes, n)!, wilson(successes + 1, n)!];
        expect(more.low).toBeGreaterThan(fewer.low);
        expect(more.high).toBeGreaterThan(fewer.high);
      }),
    );
  });

  test("the same rate of more messages has a narrower one", () => {
    fc.assert(
      fc.property(proportion, fc.integer({ min: 2, max: 50 }), ({ successes, n }, times) => {
        const [few, many] = [wilson(successes, n)!, wilson(successes * times, n * times)!];
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });

  test("failures mirror successes", () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const [one, other] = [wilson(successes, n)!, wilson(n - successes, n)!];
        expect(one.low).toBeCloseTo(1 - other.high, 12);
      }),
    );
  });
});

describe("the interval of a difference", () => {
  // Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])("%i of %i − %i of %i is Newcombe's", (successesA, nA, successesB, nB, low, high) => {
    const bounds = newcombe({ successes: successesA, n: nA }, { successes: successesB, n: nB })!;
    expect(bounds.low).toBeCloseTo(low, 4);
    expect(bounds.high).toBeCloseTo(high, 4);
  });

  test("against 0 of 0 there is none, and nothing is beyond noise", () => {
    expect(newcombe({ successes: 9, n: 10 }, { successes: 0, n: 0 })).toBeNull();
    expect(newcombe({ successes: 0, n: 0 }, { successes: 9, n: 10 })).toBeNull();
    expect(differenceBeyondNoise({ successes: 1000, n: 1000 }, { successes: 0, n: 0 })).toBe(false);
  });

  test("it holds the difference, and turns with its sides", () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const { low, high } = newcombe(a, b)!;
        const difference = a.successes / a.n - b.successes / b.n;
        expect(-1 <= low && low <= difference && difference <= high && high <= 1).toBe(true);
        const turned = newcombe(b, a)!;
        expect(turned.low).toBeCloseTo(-high, 12);
        expect(turned.high).toBeCloseTo(-low, 12);
        expect(differenceBeyondNoise(a, b)).toBe(differenceBeyondNoise(b, a));
      }),
    );
  });

  test.each([
    [56, 70, 48, 80, true],
    [48, 80, 56, 70, true],
    [7, 10, 6, 10, false],
    [700, 1000, 600, 1000, true],
    [0, 30, 0, 3000, false],
    [30, 30, 30, 30, false],
  ])("%i of %i against %i of %i is beyond noise: %s", (successesA, nA, successesB, nB, beyond) => {
    expect(differenceBeyondNoise({ successes: successesA, n: nA }, { successes: successesB, n: nB })).toBe(
      beyond,
    );
  });
});
