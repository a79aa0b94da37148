/** The search for the worst attack finds what a bound leaves open. */
import { describe, expect, test } from "vitest";
import { HOUR } from "@/lib/terms/durations";
import { requestsOf, searchWorst, type Attack, type Spend } from "@/scripts/bench/protection/search";

const ATTACK: Attack = {
  firstCountry: 3,
  countries: 5,
  blocks: 4,
  addresses: 30,
  requests: 200,
  hours: 6,
  gusts: 0.3,
  mix: 0.25,
  earnsFirst: 0,
  numbers: 1000,
  failing: 0,
};

/** Lets so many unanswered messages through in each country, in each stretch of time. */
function ofCountries(most: number, stretch: number): (requests: Parameters<Spend>[0]) => number {
  return (requests) => {
    const sent = new Map<string, number>();
    let spent = 0;
    for (const { at, phone, confirmsAfter, cost } of requests) {
      if (confirmsAfter !== null) continue;
      const key = `${phone.place.country} ${Math.floor(at / stretch)}`;
      const count = sent.get(key) ?? 0;
      if (count >= most) continue;
      sent.set(key, count + 1);
      spent += cost;
    }
    return spent;
  };
}

const dearest = (requests: Parameters<Spend>[0]) => {
  const costs = new Map(requests.map(({ phone, cost }) => [phone.place.country, cost]));
  return [...costs.values()].reduce((sum, cost) => sum + cost, 0);
};

describe("an attack", () => {
  const requests = requestsOf(ATTACK, "1");
  const different = (what: (request: (typeof requests)[number]) => unknown) =>
    new Set(requests.map(what)).size;

  test("is made of its measures", () => {
    expect(requests).toHaveLength(200);
    expect(different(({ phone }) => phone.place.country)).toBe(5);
    expect(different(({ phone }) => phone.block)).toBeLessThanOrEqual(20);
    expect(different(({ address }) => address)).toBeLessThanOrEqual(30);
    expect(requests.filter(({ confirmsAfter }) => confirmsAfter !== null)).toHaveLength(50);
    expect(requests.map(({ at }) => at)).toEqual(requests.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(Math.max(...requests.map(({ at }) => at))).toBeLessThan(6.1 * HOUR);
  });

  test("is the same for the same seed, and may earn first", () => {
    const essence = (seed: string) =>
      requestsOf(ATTACK, seed).map(({ at, phone, address }) => [at, phone.number, address]);
    expect(essence("1")).toEqual(essence("1"));
    expect(essence("2")).not.toEqual(essence("1"));
    const earning = requestsOf({ ...ATTACK, earnsFirst: 1 }, "1");
    expect(earning.slice(0, 50).every(({ confirmsAfter }) => confirmsAfter !== null)).toBe(true);
    expect(earning.slice(50).every(({ confirmsAfter }) => confirmsAfter === null)).toBe(true);
  });
});

describe("the search", () => {
  test("comes near a bound that holds, and never beyond", () => {
    const spentIn = ofCountries(10, 1e12);
    const { over, worst, programmes } = searchWorst(
      (requests) => ({ spent: spentIn(requests), bound: 10 * dearest(requests) }),
      500,
      "1",
    );
    expect([programmes, over]).toEqual([500, 0]);
    expect(worst.spent / worst.bound).toBeGreaterThan(0.95);
  });

  test("finds a bound of a day that is drawn on anew each hour", () => {
    const spentIn = ofCountries(10, HOUR);
    const { over, worst } = searchWorst(
      (requests) => ({ spent: spentIn(requests), bound: 10 * dearest(requests) }),
      500,
      "1",
    );
    expect(over).toBeGreaterThan(0);
    expect(worst.spent / worst.bound).toBeGreaterThan(5);
  });
});
