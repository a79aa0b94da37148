import { beforeEach, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { chanceToGuess, sendBudgets } from "@/lib/protection/budgets";

beforeEach(() => setEnv({}));

test("strangers who guess one number's code of six digits for a year have found one with less than 4 %", () => {
  const year = chanceToGuess(6, 365);
  console.info(
    `chance to guess one number's code: ${(chanceToGuess(6, 30) * 100).toFixed(2)} % in 30 days, ${(year * 100).toFixed(2)} % in a year`,
  );
  expect(year).toBeLessThan(0.04);
  expect(year).toBeCloseTo(0.0323, 4);
  // With four digits it is no more than that in a few days: see the warning at the start.
  expect(chanceToGuess(4, 5)).toBeGreaterThan(0.04);
});

test("two strangers cannot use up what unknown askers may send together", () => {
  const { one, together, known } = sendBudgets();
  expect(together - 2 * one).toBeGreaterThanOrEqual(3);
  // A sign-in an hour, and a second message now and then.
  expect(known).toBeGreaterThan(24);
});
