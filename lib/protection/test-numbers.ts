/** The numbers whose code is always the same, as long as they are: no message goes to them, and nothing of them is limited or counted. */
import { now } from "../clock";
import { env } from "../env";
import type { TestNumber } from "../settings/test-numbers";

/** Those that are test numbers now; on the day after its last, a number is like any other. */
export function testNumbers(): TestNumber[] {
  const at = now();
  return env().TEST_NUMBERS.filter(({ until }) => at < until);
}

/** @param number E.164 */
export function isTestNumber(number: string): boolean {
  return testNumbers().some((test) => test.number === number);
}

/** The test numbers that a code is of. */
export function testNumbersOf(code: string): string[] {
  return testNumbers().flatMap((test) => (test.code === code ? [test.number] : []));
}

/** How many there are, and until when; never which, since this goes to a log. Of those whose time is over, that they can be taken out. */
export function testNumbersInWords(): string {
  const open = testNumbers();
  const ended = env().TEST_NUMBERS.length - open.length;
  const lastDay = open
    .map((test) => test.lastDay)
    .sort()
    .at(-1);
  return [
    ...(lastDay === undefined
      ? []
      : [
          `whoever knows a fixed code signs in to ${open.length === 1 ? "its number" : `one of ${open.length} numbers`} without any limit, until the end of ${lastDay}`,
        ]),
    ...(ended === 0
      ? []
      : [
          `${ended === 1 ? "one entry is" : `${ended} entries are`} past the last day: take ${ended === 1 ? "it" : "them"} out`,
        ]),
  ].join("; ");
}
