/** What `npm test` says at its end: a table of its steps, the tests that came near their limits, and what failed. */
import type { Result } from "./lanes";
import { sum, summary, type Counts, type TimedTest } from "./reports";

/** Of its limit a test should take no more than this: another machine may be ten times as slow. */
const NEAR = 0.1;

export function outcome(results: Result[]): string {
  const tests = results.flatMap(({ report }) => report.tests);
  const [nearest] = tests.sort((a, b) => share(b) - share(a));
  const near = tests.filter((test) => share(test) > NEAR);
  return [
    "",
    ...results.map(
      ({ step: { name }, ok, seconds }) => `${ok ? "✓" : "✗"} ${seconds.toFixed(1).padStart(6)} s  ${name}`,
    ),
    "",
    ...(near.length > 0 ? ["More than a tenth of their limit was used by:", ...near.map(line), ""] : []),
    ...(near.length === 0 && nearest ? ["The nearest to its limit:", line(nearest), ""] : []),
    ...results
      .filter(({ ok }) => !ok)
      .flatMap(({ step, report }) => [
        `✗ ${step.name} failed. To run only this: ${step.again}`,
        // Here, too, where the end is all that is left of what was printed.
        ...report.tests.filter(({ failed }) => failed).map(({ name }) => `    ${name}`),
      ]),
    summary(sum(results.map(countsOf))),
  ].join("\n");
}

const share = ({ ms, limitMs }: TimedTest) => ms / limitMs;

function line({ name, ms, limitMs }: TimedTest): string {
  return `  ${(ms / 1000).toFixed(1)} s of ${limitMs / 1000} s  ${name}`;
}

/** A step that fails without a failing test, such as lint, counts as one. */
function countsOf({ ok, report: { counts } }: Result): Counts {
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
