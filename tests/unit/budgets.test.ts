import { beforeEach, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { chanceToGuess, MOST_PROGRAMS, sendBudgets, wrongBudgets } from "@/lib/protection/budgets";

beforeEach(() => setEnv({}));

// Each key is another of the operator's own programs, with a share of the tries. That there are at most MOST_PROGRAMS is assumed here, and
// `npm start` warns of more. Nobody gets a key, and with it tries, by asking.
test.each(Array.from({ length: MOST_PROGRAMS + 1 }, (_, programs) => programs))(
  "strangers who guess one number's code of six digits for a year, on our pages and in %i programs, have found one with a chance under 4 in 100",
  (programs) => {
    const year = chanceToGuess(6, 365, programs);
    console.info(
      `chance to guess one number's code with ${programs} programs: ${(chanceToGuess(6, 30, programs) * 100).toFixed(2)} % in 30 days, ${(year * 100).toFixed(2)} % in a year`,
    );
    expect(year).toBeLessThan(0.04);
    // With four digits it is no more than that in a few days: see the warning at the start.
    expect(chanceToGuess(4, 5, programs)).toBeGreaterThan(0.04);
    // Two strangers leave a try to a third asker, in each circle.
    const { one, together } = wrongBudgets(programs);
    expect(together - 2 * one).toBeGreaterThanOrEqual(1);
  },
);

test("the shares are by the keys there are", () => {
  setEnv({ API_KEYS: "a,b" });
  expect(wrongBudgets()).toEqual(wrongBudgets(2));
  expect(chanceToGuess(6, 365)).toBe(chanceToGuess(6, 365, 2));
  expect(chanceToGuess(6, 365, MOST_PROGRAMS + 1)).toBeGreaterThan(0.04);
});

test("two strangers cannot use up what unknown askers may send together", () => {
  const { one, together, known } = sendBudgets();
  expect(together - 2 * one).toBeGreaterThanOrEqual(3);
  // A sign-in an hour, and a second message now and then.
  expect(known).toBeGreaterThan(24);
});
