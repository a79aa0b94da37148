/**
 * `npm test`: every check there is, up to the first that fails. The last line counts the tests, as in `12 passed,
 * 0 failed`; a check that fails without a failing test, such as lint, counts as one.
 */
import { rmSync } from "node:fs";
import { makeFolder } from "./support/data-folder";
import { explain } from "./support/fault";
import { NO_TESTS, sum, summary, type Counts } from "./test/reports";
import { testSteps, type Step } from "./test/steps";

interface StepResult {
  ok: boolean;
  counts: Counts;
}

async function main(): Promise<void> {
  // Ctrl-C ends the running program, which is on the same terminal, and then us.
  process.on("SIGINT", () => undefined);
  rmSync(makeFolder("test-results"), { recursive: true });
  const results: StepResult[] = [];
  for (const step of testSteps()) {
    const result = await runStep(step);
    results.push(result);
    if (result.ok) continue;
    console.error(`\n✗ ${step.name} failed. To run only this: ${step.again}\n`);
    process.exitCode = 1;
    break;
  }
  console.log(summary(sum(results.map(({ counts }) => counts))));
}

async function runStep(step: Step): Promise<StepResult> {
  console.log(`\n▸ ${step.name}`);
  const startedAt = Date.now();
  const ok = await step.run().catch((error: unknown) => {
    console.error(explain(error));
    return false;
  });
  if (ok) console.log(`✓ ${step.name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  const counts = countsOf(step);
  const silent = !ok && counts.failed === 0;
  return { ok: ok && counts.failed === 0, counts: silent ? { ...counts, failed: 1 } : counts };
}

/** A runner that could not even start leaves no report. */
function countsOf(step: Step): Counts {
  try {
    return step.counts();
  } catch {
    return NO_TESTS;
  }
}

await main();
process.exit();
