/**
 * `npm test`: every check there is, to the end, whatever fails. The last line counts the tests, as in `12 passed, 0 failed`; a
 * check that fails without a failing test, such as lint, counts as one.
 */
import { rmSync } from "node:fs";
import { makeFolder } from "./support/data-folder";
import { runLanes } from "./test/lanes";
import { outcome } from "./test/outcome";
import { interruptPrograms } from "./test/run-program";
import { testLanes } from "./test/steps";

async function main(): Promise<void> {
  const stopping = new AbortController();
  // Ctrl-C ends the running programs, which are on the same terminal, and then us.
  process.on("SIGINT", () => stopping.abort());
  process.on("SIGTERM", () => {
    stopping.abort();
    interruptPrograms();
  });
  rmSync(makeFolder("test-results"), { recursive: true });
  const results = await runLanes(testLanes(), stopping.signal);
  console.log(outcome(results));
  if (stopping.signal.aborted || results.some(({ ok }) => !ok)) process.exitCode = 1;
}

await main();
process.exit();
