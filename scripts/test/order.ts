/** In which order Vitest takes the files: first those that mostly wait, for processes and for what comes later, beside which others have the processors. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** It waits for leases that run out, longer than any other file takes. */
const FIRST = "killed-app.test.ts";

export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  if (moduleId.endsWith(`/${FIRST}`)) return 0;
  return project.name === "faults" ? 1 : 2;
}
