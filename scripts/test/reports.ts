/** What the JSON reports of the test runners say: how many tests there were, and how long each took. */
import path from "node:path";
import { z } from "zod";
import { LIMITS } from "./limits.js";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };

export interface TimedTest {
  /** Its file, and what it says. */
  name: string;
  failed: boolean;
  ms: number;
  limitMs: number;
}

export interface Report {
  counts: Counts;
  tests: TimedTest[];
}

export const NO_REPORT: Report = { counts: NO_TESTS, tests: [] };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() }),
      ),
    }),
  ),
});

const PlaywrightSpec = z.object({
  file: z.string(),
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
});

const PlaywrightSuite = z.object({
  specs: z.array(PlaywrightSpec),
  get suites() {
    return z.array(PlaywrightSuite).optional();
  },
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(PlaywrightSuite),
});

export function readVitestReport(json: string): Report {
  const report = VitestReport.parse(JSON.parse(json));
  return {
    counts: {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    tests: report.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status, duration }) => ({
        name: `${path.relative("", file)}: ${fullName}`,
        failed: status === "failed",
        ms: duration ?? 0,
        limitMs: limitOf(path.basename(path.dirname(file))),
      })),
    ),
  };
}

/** A flaky test, failed first and passed when repeated, is one that failed. */
export function readPlaywrightReport(json: string): Report {
  const { stats, suites } = PlaywrightReport.parse(JSON.parse(json));
  return {
    counts: { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    tests: suites.flatMap(specsIn).map(({ file, title, ok, tests }) => ({
      name: `tests/e2e/${file}: ${title}`,
      failed: !ok,
      ms: Math.max(0, ...tests.flatMap(({ results }) => results.map(({ duration }) => duration))),
      limitMs: limitOf("e2e"),
    })),
  };
}

function specsIn({
  specs,
  suites = [],
}: z.output<typeof PlaywrightSuite>): z.output<typeof PlaywrightSpec>[] {
  return [...specs, ...suites.flatMap(specsIn)];
}

function limitOf(folder: string): number {
  return 1000 * (Object.entries(LIMITS).find(([name]) => name === folder)?.[1] ?? Infinity);
}

export function sum(counts: Counts[]): Counts {
  return counts.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    NO_TESTS,
  );
}

/** `12 passed, 0 failed`, and how many were skipped when any was. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
