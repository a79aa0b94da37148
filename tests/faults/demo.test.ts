/** `npm run demo` from the outside: its messages, its end, and what it survives. Real processes, real kills. */
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isRunning, pidOf } from "@/scripts/support/process-identity";
import { Demo, removeData } from "../support/process";
import { until } from "../support/until";

const dataDir = path.resolve(".data", "tests", `demo-${process.pid}`);

/** Those started by the test that is running. */
const demos: Demo[] = [];

async function startDemo(options: Partial<Parameters<typeof Demo.spawn>[0]> = {}): Promise<Demo> {
  const demo = await Demo.spawn({ dataDir, ...options });
  demos.push(demo);
  return demo;
}

async function isAlive(demo: Demo): Promise<boolean> {
  const answer = await fetch(`${demo.origin}/api/livez`).catch(() => undefined);
  return answer?.status === 200;
}

afterEach(async () => {
  for (const demo of demos.splice(0)) await demo.interrupt();
});

afterAll(() => removeData(dataDir));

/** One demo, from one test to the next: a start takes longer than what is shown of it. */
describe("a demo that runs", () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await Demo.spawn({ dataDir });
    await demo.ready();
  });

  afterAll(() => demo.interrupt());

  test("says where everything is", async () => {
    expect(await isAlive(demo)).toBe(true);
    expect(demo.output).toContain(`${demo.origin}/login`);
    expect(demo.output).toMatch(/API key +\S{24,}/);
    expect(Object.values(demo.processes()).filter(isRunning)).toHaveLength(4);
  });

  test("is left alone by a second one, which says that it is running already", async () => {
    const second = await startDemo({ port: demo.port });
    expect(await second.exit).toBe(1);
    expect(second.output).toContain(`running already, at ${demo.origin}`);
    expect(await isAlive(demo)).toBe(true);
  });

  test("starts the app again when it is killed, with the data it had", async () => {
    const { app } = demo.processes();
    process.kill(pidOf(app), "SIGKILL");
    await until(() => demo.output.includes("The app is back."));
    expect(demo.output).toContain("The app ended (SIGKILL)");
    expect(await isAlive(demo)).toBe(true);
    expect(demo.processes().app).not.toBe(app);
  });

  test("starts PostgreSQL again when it is killed, and the app finds it", async () => {
    const { postgres } = demo.processes();
    process.kill(pidOf(postgres), "SIGKILL");
    await until(() => demo.output.includes("PostgreSQL is back."));
    await until(async () => (await fetch(`${demo.origin}/api/readyz`)).ok);
    expect(demo.processes().postgres).not.toBe(postgres);
  });

  test("starts after everything was killed at once", async () => {
    const processes = Object.values(demo.processes());
    for (const each of processes) process.kill(pidOf(each), "SIGKILL");
    await until(() => !processes.some(isRunning));

    demo = await (await Demo.spawn({ dataDir, port: demo.port })).ready();
    expect(await isAlive(demo)).toBe(true);
  });

  test("takes its children with it when it is killed, and the next start takes over PostgreSQL", async () => {
    const { supervisor, app, simulator, postgres } = demo.processes();
    process.kill(pidOf(supervisor), "SIGKILL");
    await until(() => !isRunning(app) && !isRunning(simulator));
    expect(isRunning(postgres)).toBe(true);

    demo = await (await Demo.spawn({ dataDir, port: demo.port })).ready();
    expect(demo.processes().postgres).toBe(postgres);
  });

  test("leaves no process at Ctrl-C, a PostgreSQL that it took over included", async () => {
    const processes = Object.values(demo.processes());
    expect(processes.filter(isRunning)).toHaveLength(4);
    expect(await demo.interrupt()).toBe(0);
    expect(processes.filter(isRunning)).toEqual([]);
  });
});

describe("the demo", () => {
  test("says what to do when its port is taken by another program", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const demo = await startDemo({ port });
    expect(await demo.exit).toBe(1);
    expect(demo.output).toContain(`Port ${port} is in use`);
    expect(demo.output).toContain(`PORT=${port + 1} npm run demo`);
    expect(demo.output).not.toContain("    at ");
    other.close();
  });

  test.each([
    ["SAMPLE_HISTORY", "many"],
    ["TRAFFIC", "-1"],
  ])("names %s when it is wrong", async (name, value) => {
    const demo = await startDemo({ env: { [name]: value } });
    expect(await demo.exit).toBe(1);
    expect(demo.output).toContain(`${name} must be`);
    expect(demo.output).toContain(`it is "${value}"`);
  });

  test("fills an empty database with the sample history once, and lets people log in", async () => {
    const own = path.resolve(".data", "tests", `demo-history-${process.pid}`);
    const options = { dataDir: own, env: { SAMPLE_HISTORY: "800", TRAFFIC: "5" } };
    try {
      const first = await (await startDemo(options)).ready();
      expect(first.output).toContain("The sample history is loaded");
      expect(Object.keys(first.processes())).toContain("traffic");
      // The first to read their code and type it in, and Twilio told of it.
      await until(async () => {
        const ledger = await fetch(`http://127.0.0.1:${first.simulatorPort}/simulator/feedback`);
        return ((await ledger.json()) as unknown[]).length > 0;
      });
      const processes = Object.values(first.processes());
      expect(await first.interrupt()).toBe(0);
      expect(processes.filter(isRunning)).toEqual([]);

      const second = await (await startDemo(options)).ready();
      expect(second.output).not.toContain("sample history");
      await second.interrupt();
    } finally {
      for (const demo of demos.splice(0)) await demo.interrupt();
      removeData(own);
    }
  });
});
