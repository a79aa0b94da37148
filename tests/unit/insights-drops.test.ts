import { describe, expect, test } from "vitest";
import type { History } from "@/lib/insights/statistics/counted";
import { findDrops, type Drop } from "@/lib/insights/statistics/drops";

const QUARTERS_AN_HOUR = 4;
const QUARTERS_A_DAY = 24 * QUARTERS_AN_HOUR;
/** A Monday. */
const START = new Date("2026-05-04T00:00:00Z");
const momentAt = (quarter: number) => new Date(START.getTime() + quarter * 900_000);
const quarterAt = (moment: Date) => (moment.getTime() - START.getTime()) / 900_000;

/** Numbers that look random from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A destination whose messages are confirmed by chance. */
function historyOf(
  days: number,
  seed: number,
  attemptedAt: (quarter: number) => number,
  rateAt: (quarter: number) => number,
): History {
  const random = randomOf(seed);
  const length = days * QUARTERS_A_DAY;
  const attempted = Int32Array.from({ length }, (_, q) => {
    const mean = attemptedAt(q);
    return Math.floor(mean) + (random() < mean % 1 ? 1 : 0);
  });
  const confirmed = attempted.map((n, q) => {
    let k = 0;
    for (let i = 0; i < n; i += 1) if (random() < rateAt(q)) k += 1;
    return k;
  });
  return { start: START, attempted, confirmed };
}

const rateOf = ({ attempted, confirmed }: Drop["current"]) => confirmed / attempted;
const drops = (history: History) => findDrops(history, 0, null);
const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

function expectSound(found: Drop[]): void {
  found.forEach(({ since, openedAt, until, baseline, current }, i) => {
    expect(since < openedAt).toBe(true);
    if (until) expect(since < until).toBe(true);
    expect(current.attempted).toBeGreaterThan(0);
    expect(current.confirmed).toBeGreaterThanOrEqual(0);
    expect(current.confirmed).toBeLessThanOrEqual(current.attempted);
    expect(current.confirmed / current.attempted).toBeLessThan(baseline.confirmed / baseline.attempted);
    const next = found[i + 1];
    if (next) expect(until && until <= next.since).toBe(true);
  });
}

describe("no drop is found", () => {
  test.each([
    ["many messages", 20, 0.88],
    ["some", 3, 0.88],
    ["few", 0.4, 0.7],
    ["a rate of half", 5, 0.5],
    ["a rate of all", 5, 1],
    ["a rate of none", 5, 0],
  ])("where nothing but chance is at work, with %s, for 60 destinations over 30 days", (_, volume, rate) => {
    const found = seeds(60).flatMap((seed) =>
      drops(
        historyOf(
          30,
          seed,
          () => volume,
          () => rate,
        ),
      ),
    );
    // Chance alone is looked at eleven thousand times in thirty days: it may once look like a drop.
    expect(found.length).toBeLessThanOrEqual(2);
  });

  test("in a week that is always so: nights are worse than days, and Sundays worse still", () => {
    const rate = (q: number) =>
      Math.floor(q / QUARTERS_A_DAY) % 7 === 6
        ? 0.55
        : Math.floor(q / QUARTERS_AN_HOUR) % 24 < 7
          ? 0.65
          : 0.9;
    const volume = (q: number) => (Math.floor(q / QUARTERS_AN_HOUR) % 24 < 7 ? 8 : 25);
    // What happened at the same time of the week is known after two of them.
    const found = seeds(20).flatMap((seed) =>
      findDrops(historyOf(35, seed, volume, rate), 15 * QUARTERS_A_DAY, null),
    );
    expect(found.length).toBeLessThanOrEqual(2);
  });

  test("where conversion fell by much less than fifteen points", () => {
    for (const seed of seeds(20)) {
      expect(
        drops(
          historyOf(
            20,
            seed,
            () => 6,
            (q) => (q < 16 * QUARTERS_A_DAY ? 0.88 : 0.82),
          ),
        ),
      ).toEqual([]);
    }
  });

  test("with too few messages, or too short a past", () => {
    const few = historyOf(
      20,
      1,
      (q) => (q % 24 === 0 ? 1 : 0),
      (q) => (q < 16 * QUARTERS_A_DAY ? 0.9 : 0),
    );
    expect(drops(few)).toEqual([]);
    const young = historyOf(
      2,
      1,
      () => 1,
      (q) => (q < 1 * QUARTERS_A_DAY ? 0.9 : 0),
    );
    expect(
      drops({ ...young, attempted: young.attempted.map((n, q) => (q < 20 ? 0 : n)) }).length,
    ).toBeLessThan(2);
    const nothing = { start: START, attempted: new Int32Array(500), confirmed: new Int32Array(500) };
    expect(drops(nothing)).toEqual([]);
    expect(drops({ start: START, attempted: new Int32Array(), confirmed: new Int32Array() })).toEqual([]);
  });
});

describe("a collapse from 88 % to 40 % for six hours", () => {
  const fall = 16 * QUARTERS_A_DAY + 10 * QUARTERS_AN_HOUR;
  const back = fall + 6 * QUARTERS_AN_HOUR;
  const rate = (q: number) => (q >= fall && q < back ? 0.4 : 0.88);

  test.each([
    ["many messages", 25, 2, 2],
    ["some", 5, 4, 4],
    ["a hundred an hour", 100, 1, 2],
  ])("is found with %s: once, and since when", (_, volume, sinceWithin, noticedWithin) => {
    for (const seed of seeds(20)) {
      const found = drops(historyOf(20, seed, () => volume, rate));
      expect(found).toHaveLength(1);
      expectSound(found);
      const [{ since, openedAt, until }] = found as [Drop];
      expect(Math.abs(quarterAt(since) - fall)).toBeLessThanOrEqual(sinceWithin);
      expect(quarterAt(openedAt) - fall).toBeLessThanOrEqual(noticedWithin * QUARTERS_AN_HOUR);
      expect(Math.abs(quarterAt(until!) - back)).toBeLessThanOrEqual(3 * QUARTERS_AN_HOUR);
    }
  });

  test("is open while it lasts, and grows", () => {
    const whole = historyOf(20, 7, () => 20, rate);
    const until = (quarter: number): History => ({
      start: START,
      attempted: whole.attempted.slice(0, quarter),
      confirmed: whole.confirmed.slice(0, quarter),
    });
    const [early] = drops(until(fall + 3 * QUARTERS_AN_HOUR));
    const [later] = drops(until(fall + 5 * QUARTERS_AN_HOUR));
    expect(early).toMatchObject({ until: null });
    expect(later).toMatchObject({ until: null, since: early!.since, openedAt: early!.openedAt });
    expect(later!.current.attempted).toBeGreaterThan(early!.current.attempted);
  });

  test("is the same looked at in parts, wherever they begin", () => {
    for (const seed of seeds(5)) {
      const history = historyOf(20, seed, () => 8, rate);
      const whole = drops(history);
      for (let cut = fall - QUARTERS_A_DAY; cut < fall + QUARTERS_A_DAY; cut += 5) {
        const first = findDrops(
          {
            start: START,
            attempted: history.attempted.slice(0, cut),
            confirmed: history.confirmed.slice(0, cut),
          },
          0,
          null,
        );
        const rest = findDrops(history, cut, first.at(-1) ?? null);
        const ended = first.filter(({ until }) => until !== null);
        expect([...ended, ...rest]).toEqual(whole);
      }
    }
  });
});

describe("a fall in a destination with few messages an hour", () => {
  const fall = 16 * QUARTERS_A_DAY + 10 * QUARTERS_AN_HOUR;

  /** Exactly a rate, message by message: chance has no part in it. */
  const exactly = (
    anHour: (q: number) => number,
    rateAt: (q: number) => number,
    people?: History["people"],
  ) => {
    const [attempted, confirmed] = [new Int32Array(20 * QUARTERS_A_DAY), new Int32Array(20 * QUARTERS_A_DAY)];
    let [owed, owedConfirmed] = [0, 0];
    for (let q = 0; q < attempted.length; q += 1) {
      owed += anHour(q) / QUARTERS_AN_HOUR;
      const n = Math.floor(owed + 1e-9);
      owed -= n;
      owedConfirmed += n * rateAt(q);
      const k = Math.min(n, Math.floor(owedConfirmed + 1e-9));
      owedConfirmed -= k;
      [attempted[q], confirmed[q]] = [n, k];
    }
    return { start: START, attempted, confirmed, ...(people && { people }) };
  };
  const messagesUntil = (history: History, { openedAt }: Drop) =>
    history.attempted.subarray(fall, quarterAt(openedAt)).reduce((sum, n) => sum + n, 0);

  test.each([
    ["five", 5, 0.9, 0.7, 90],
    ["five, further", 5, 0.88, 0.61, 60],
    ["three", 3, 0.92, 0.6, 60],
    ["eight", 8, 0.85, 0.6, 90],
    ["twelve, far", 12, 0.9, 0.3, 30],
  ])("is found with %s, as soon as its messages show it", (_, anHour, usual, fallen, within) => {
    const history = exactly(
      () => anHour,
      (q) => (q < fall ? usual : fallen),
    );
    const [drop, ...others] = drops(history);
    expect(others).toEqual([]);
    expect(messagesUntil(history, drop!)).toBeLessThanOrEqual(within);
  });

  /** Of thirty messages so many come back, spread evenly. */
  const usualThenOfThirty = (usual: number, comeBack: number) =>
    exactly(
      () => 5,
      (q) => (q < fall ? usual : comeBack / 30),
    );

  test.each([
    // The most of thirty that are evidence enough: e^11 times likelier with a fall than without, against the same six hours of 14 days.
    [0.92, 17],
    [0.9, 16],
    [0.88, 15],
  ])(
    "from %d is found by the thirtieth message when %d of thirty came back, and not with one more",
    (usual, most) => {
      const [drop] = drops(usualThenOfThirty(usual, most));
      expect(messagesUntil(usualThenOfThirty(usual, most), drop!)).toBeLessThanOrEqual(30);
      expect(Math.abs(quarterAt(drop!.since) - fall)).toBeLessThanOrEqual(1);
      const [later] = drops(usualThenOfThirty(usual, most + 1));
      expect(messagesUntil(usualThenOfThirty(usual, most + 1), later!)).toBeGreaterThan(30);
    },
  );

  test("is found within the hour when there are suddenly many, against what was at any hour", () => {
    const history = exactly(
      (q) => (q < fall ? 5 : 360),
      (q) => (q < fall ? 0.916 : 0.688),
    );
    const [drop] = drops(history);
    expect(quarterAt(drop!.openedAt) - fall).toBeLessThanOrEqual(QUARTERS_AN_HOUR);
    expect(Math.abs(quarterAt(drop!.since) - fall)).toBeLessThanOrEqual(1);
    expect(rateOf(drop!.baseline)).toBeCloseTo(0.916, 2);
  });

  test("is none where one person asks again and again", () => {
    const alone = exactly(
      () => 5,
      () => 0.9,
    );
    const asked = alone.attempted.slice();
    const gotIn = alone.confirmed.slice();
    const insistent = { ...alone, attempted: alone.attempted.slice(), people: { asked, gotIn } };
    for (let q = fall; q < fall + 12; q += 1) insistent.attempted[q] = (insistent.attempted[q] ?? 0) + 3;
    expect(drops(insistent)).toEqual([]);
    // The same messages of as many people are one.
    expect(drops({ ...insistent, people: undefined })).toHaveLength(1);
  });
});

test("one that is short, small or comes again gives drops that end after they began and do not overlap", () => {
  const patterns: ((hour: number) => number)[] = [
    // An hour at 66 %: noticed where there are many messages, and over at once.
    (hour) => (hour === 0 ? 0.66 : 0.88),
    (hour) => (hour < 2 ? 0.5 : 0.88),
    (hour) => (hour % 6 < 3 && hour < 40 ? 0.4 : 0.88),
    (hour) => (hour % 5 < 2 && hour < 40 ? 0.6 : 0.88),
    (hour) => (hour < 10 ? 0.7 : hour < 14 ? 0.85 : 0.6),
  ];
  for (const pattern of patterns) {
    for (const volume of [2, 10, 60]) {
      for (const seed of seeds(4)) {
        const rate = (q: number) =>
          q < 16 * QUARTERS_A_DAY ? 0.88 : pattern(Math.floor((q - 16 * QUARTERS_A_DAY) / QUARTERS_AN_HOUR));
        expectSound(drops(historyOf(20, seed, () => volume, rate)));
      }
    }
  }
});

test("a destination with few messages that is pumped is noticed within an hour, against what was before", () => {
  const begin = 16 * QUARTERS_A_DAY;
  const found = drops(
    historyOf(
      18,
      7,
      (q) => (q < begin ? (q % 24 === 0 ? 1 : 0) : q < begin + 60 ? 20 : 0),
      (q) => (q < begin ? 0.9 : 0.01),
    ),
  );
  expect(found).toHaveLength(1);
  expect(found[0]!.openedAt.getTime() - START.getTime()).toBeLessThanOrEqual((begin + 4) * 900_000);
  expect(found[0]!.baseline.confirmed / found[0]!.baseline.attempted).toBeGreaterThan(0.7);
  expect(found[0]!.until).not.toBeNull();
});

test("around the threshold it does not flicker", () => {
  const rate = (q: number) =>
    q < 16 * QUARTERS_A_DAY ? 0.88 : Math.floor(q / (2 * QUARTERS_AN_HOUR)) % 2 ? 0.66 : 0.74;
  const found = seeds(20).map((seed) => drops(historyOf(20, seed, () => 30, rate)));
  // 32 times up and down; where a baseline is by chance lower than it was, it may end once.
  expect(found.filter((each) => each.length === 1).length).toBeGreaterThanOrEqual(17);
  expect(found.every((each) => each.length > 0 && each.length <= 2)).toBe(true);
});

test("it ends when nothing is sent any more", () => {
  const fall = 16 * QUARTERS_A_DAY;
  const volume = (q: number) => (q >= fall + 4 * QUARTERS_AN_HOUR ? 0 : 10);
  const found = drops(historyOf(20, 3, volume, (q) => (q < fall ? 0.88 : 0.2)));
  expect(found).toHaveLength(1);
  expectSound(found);
  expect(Math.abs(quarterAt(found[0]!.until!) - (fall + 4 * QUARTERS_AN_HOUR))).toBeLessThanOrEqual(1);
  expect(momentAt(fall)).toEqual(found[0]!.since);
});

test("a drop with many messages is over when the few that come after it are confirmed as before", () => {
  const [begins, ends] = [16 * QUARTERS_A_DAY, 17 * QUARTERS_A_DAY];
  for (const seed of seeds(10)) {
    const history = historyOf(
      25,
      seed,
      (q) => (q >= begins && q < ends ? 30 : 0.12),
      (q) => (q >= begins && q < ends ? 0.01 : 0.6),
    );
    const found = drops(history);
    expect(found.length, `seed ${seed}`).toBe(1);
    expectSound(found);
    expect(quarterAt(found[0]!.until!), `seed ${seed}`).toBeLessThan(ends + 4 * QUARTERS_A_DAY);
  }
});
