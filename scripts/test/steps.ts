/** What `npm test` runs, in this order: what is quick to fail comes first. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildIfNeeded } from "../support/build";
import { makeFolder } from "../support/data-folder";
import { runProgram } from "./run-program";
import { NO_TESTS, readPlaywrightReport, readVitestReport, type Counts } from "./reports";

export interface Step {
  name: string;
  /** The command that runs only this step. */
  again: string;
  /** Whether it passed. What it has to say it prints itself. */
  run: () => Promise<boolean>;
  /** How many tests it ran, once it has. */
  counts: () => Counts;
}

export function testSteps(): Step[] {
  return [
    check("formatting", "npx prettier --check . (`npm run format` mends it)", ["prettier", "--check", "."]),
    // Before lint, which reads types: those of the routes are generated.
    check("types", "npm run typecheck", ["next", "typegen"], ["tsc", "--noEmit"]),
    check("lint", "npm run lint", ["eslint", ".", "--max-warnings", "0"]),
    check("walls", "npm run walls (which way imports may point)", ["depcruise", ".", "--ignore-known"]),
    check("unused code", "npx knip", ["knip"]),
    { name: "build", again: "npm run build", run: build, counts: () => NO_TESTS },
    vitest(),
    playwright(),
  ];
}

function check(name: string, again: string, ...commands: string[][]): Step {
  return {
    name,
    again,
    run: async () => {
      for (const command of commands) if (!(await runProgram(command))) return false;
      return true;
    },
    counts: () => NO_TESTS,
  };
}

async function build(): Promise<boolean> {
  const built = await buildIfNeeded();
  if (!built) console.log("The build is up to date.");
  return true;
}

function vitest(): Step {
  const report = path.join(makeFolder("test-results"), "vitest.json");
  return {
    name: "unit, API, contract and fault tests",
    again: "npx vitest run (`--project unit`, `api`, `contract` or `faults`)",
    run: () =>
      runProgram(["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]),
    counts: () => readVitestReport(readFileSync(report, "utf8")),
  };
}

function playwright(): Step {
  const report = path.join(makeFolder("test-results"), "playwright.json");
  return {
    name: "browser tests",
    again: "npm run test:e2e",
    run: () =>
      runProgram(["playwright", "test", "--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    counts: () => readPlaywrightReport(readFileSync(report, "utf8")),
  };
}
