/** Runs the lanes beside one another, each step to its end whatever became of the others. */
import { explain } from "../support/fault";
import { NO_REPORT, type Report } from "./reports";
import type { Print } from "./run-program";
import type { Step } from "./steps";

export interface Result {
  step: Step;
  ok: boolean;
  seconds: number;
  report: Report;
}

/** @param stopping no step begins once it is aborted */
export async function runLanes(lanes: Step[][], stopping: AbortSignal): Promise<Result[]> {
  const runs = new Map<Step, Promise<Result[]>>();
  for (const [lane, steps] of lanes.entries()) {
    let before: Promise<unknown> = Promise.resolve();
    for (const step of steps) {
      const other = step.after && runs.get(step.after);
      // The first lane is seen at work; what is beside it speaks when it has ended.
      const run = Promise.all(other ? [before, other] : [before]).then(async () =>
        stopping.aborted ? [] : [await runStep(step, lane === 0)],
      );
      runs.set(step, run);
      before = run;
    }
  }
  return (await Promise.all(runs.values())).flat();
}

async function runStep(step: Step, live: boolean): Promise<Result> {
  const held: string[] = [];
  const print: Print = live ? (text) => process.stdout.write(text) : (text) => held.push(text);
  print(`\n▸ ${step.name}\n`);
  const startedAt = performance.now();
  const ran = await step.run(print).catch((error: unknown) => {
    print(`${explain(error)}\n`);
    return false;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const report = reportOf(step);
  const ok = ran && report.counts.failed === 0;
  print(
    ok ? `✓ ${step.name} (${seconds.toFixed(1)} s)\n` : `✗ ${step.name} failed (${seconds.toFixed(1)} s)\n`,
  );
  process.stdout.write(held.join(""));
  return { step, ok, seconds, report };
}

/** A runner that could not even start leaves no report. */
function reportOf(step: Step): Report {
  try {
    return step.report();
  } catch {
    return NO_REPORT;
  }
}
