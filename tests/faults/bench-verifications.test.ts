/**
 * The benchmark of starts and checks, for a glance: that its parts work together, and find nothing lost. Its figures are none here. What bench:day has
 * of its own is left to whoever runs it: a day of a hundred people would take as long again.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "vitest";
import { isolatedEnvironment } from "@/tests/support/process";

describe.runIf(process.platform === "linux").concurrent("what starts and checks are measured by", () => {
  test("bench:verifications measures ours over HTTP, in process and by its statements alone, and finds that nothing was lost", async ({
    expect,
  }) => {
    const { code, output } = await bench("verifications", "--quick", "--without", "peer,two,pgbouncer");
    expect(output).toContain("Nothing was lost: ");
    expect(code).toBe(0);
    for (const call of ["start", "check"])
      for (const side of ["ours", "ours, in process", "our statements"])
        expect(output).toMatch(new RegExp(`^${call}: ${side} +[1-9]`, "m"));
    expect(output).toMatch(/^node:http, SELECT 1 +[1-9]/m);
    expect(output).toMatch(/^start ÷ our statements alone +\d/m);
  });

  test("bench:verifications says what an option may be, before it starts anything", async ({ expect }) => {
    const { code, output } = await bench("verifications", "--without", "postgres");
    expect(output.trim()).toBe('--without must be some of peer,inside,two,pgbouncer; it has "postgres".');
    expect(code).toBe(1);
  });
});

async function bench(name: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/bench/${name}.ts`, ...args], {
    env: isolatedEnvironment({}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, output };
}
