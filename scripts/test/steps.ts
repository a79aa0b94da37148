/** What `npm test` runs, and what of it at the same time. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildIfNeeded, WAITING_FOR_BUILD } from "../support/build";
import { makeFolder } from "../support/data-folder";
import { NO_REPORT, readPlaywrightReport, readVitestReport, type Report } from "./reports";
import { runProgram, type Print } from "./run-program";

export interface Step {
  name: string;
  /** The command that runs only this step. */
  again: string;
  /** A step of an earlier lane that it waits for. */
  after?: Step;
  /** Whether it passed. What it has to say it prints. */
  run: (print: Print) => Promise<boolean>;
  /** What tests it ran, once it has. */
  report: () => Report;
}

/**
 * Lanes: of each, one step after the other. Beside the build there are the checks that need none of it; and beside the other tests those of
 * browsers, since either kind waits for a quarter of its time, for pages, leases and processes, and leaves two processors to the other.
 */
export function testLanes(): Step[][] {
  const build: Step = { name: "build", again: "npm run build", run: runBuild, report: () => NO_REPORT };
  return [
    [build, vitest()],
    [playwright(build)],
    [
      check("formatting", "npx oxfmt --check . (`npm run format` mends it)", [["oxfmt", "--check", "."]]),
      check("walls", "npm run walls (which way imports may point)", [["depcruise", "."]]),
      check("unused code", "npx knip", [["knip"]]),
      // What reads types waits for the build: those of the routes are generated, into a folder that it empties.
      check(
        "types",
        "npm run typecheck",
        [
          ["next", "typegen"],
          ["node", "node_modules/typescript-7/bin/tsc", "--noEmit"],
        ],
        build,
      ),
      check("lint", "npm run lint", [["oxlint"]]),
    ],
  ];
}

function check(name: string, again: string, commands: string[][], after?: Step): Step {
  return {
    name,
    again,
    after,
    run: async (print) => {
      for (const command of commands) if (!(await runProgram(command, print))) return false;
      return true;
    },
    report: () => NO_REPORT,
  };
}

async function runBuild(print: Print): Promise<boolean> {
  if (!(await buildIfNeeded({ onWait: () => print(`${WAITING_FOR_BUILD}\n`) })))
    print("The build is up to date.\n");
  return true;
}

function vitest(): Step {
  const report = path.join(makeFolder("test-results"), "vitest.json");
  return {
    name: "unit, API, contract and fault tests",
    again: "npx vitest run (`--project unit`, `api`, `contract` or `faults`)",
    run: (print) =>
      runProgram(
        ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
        print,
      ),
    report: () => readVitestReport(readFileSync(report, "utf8")),
  };
}

function playwright(build: Step): Step {
  const report = path.join(makeFolder("test-results"), "playwright.json");
  return {
    name: "browser tests",
    again: "npm run test:e2e",
    after: build,
    run: (print) =>
      runProgram(["playwright", "test", "--reporter=list,json"], print, {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      }),
    report: () => readPlaywrightReport(readFileSync(report, "utf8")),
  };
}
