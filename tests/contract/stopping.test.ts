import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { nodeArguments } from "@/scripts/support/programs";
import { SIMULATOR_ACCOUNT_SID } from "@/simulator/server";

import { until } from "@/tests/support/until";
import { control, FROM, sdk, startReceiver, startSimulator, TO } from "./harness";

const text = { to: TO, from: FROM, body: "123456", provideFeedback: true };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("a simulator that is stopped and started again", () => {
  test("refuses connections meanwhile, and goes on as before", async () => {
    const { origin, port, simulator } = await startSimulator();
    const client = sdk(origin);
    const { sid } = await client.messages.create(text);
    await simulator.close();
    await expect(client.messages(sid).fetch()).rejects.toThrow();
    await expect(fetch(origin)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });

    expect(await simulator.listen(port)).toBe(origin);
    await client.messages(sid).feedback.create({ outcome: "confirmed" });
    await until(() => simulator.handset(TO).length === 1);
    expect(simulator.ledger()).toHaveLength(1);
  });

  test("tells later what it could not tell before", async () => {
    const { origin, port, simulator } = await startSimulator();
    const { origin: application, statuses } = await startReceiver();
    simulator.setFaults({ callbackLate: 1 });
    await sdk(origin).messages.create({ ...text, statusCallback: `${application}/status` });
    await until(() => simulator.messages()[0]?.status === "sent");
    await simulator.close();
    simulator.setFaults({});
    await simulator.listen(port);
    await until(() => new Set(statuses()).size === 3);
  });

  test("ends hanging requests when it stops", async () => {
    const { origin, simulator, exchanges } = await startSimulator();
    simulator.setFaults({ hang: 1 });
    const sending = sdk(origin).messages.create(text);
    const failure = expect(sending).rejects.toMatchObject({ code: "ECONNRESET" });
    await until(() => exchanges.length === 1);
    await simulator.close();
    await failure;
  });

  test("rejects, and can be tried again, when its port is taken", async () => {
    const { port } = await startSimulator();
    const { simulator } = await startSimulator();
    await simulator.close();
    await expect(simulator.listen(port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    await simulator.listen(0);
  });
});

describe("the journal", () => {
  test("brings back messages, handsets and the ledger, passing over a torn last line", async () => {
    const journal = join(temporaryFolder(), "data", "simulator.jsonl");
    const first = await startSimulator({ journal });
    const client = sdk(first.origin);
    const one = await client.messages.create(text);
    await until(() => first.simulator.handset(TO).length === 1);
    const two = await client.messages.create(text);
    await until(() => first.simulator.handset(TO).length === 2);
    await client.messages(two.sid).feedback.create({ outcome: "confirmed" });
    await first.simulator.close();
    appendFileSync(journal, '{"kind":"message","mess');

    const second = await startSimulator({ journal });
    expect(second.simulator.handset(TO).map(({ sid }) => sid)).toEqual([two.sid, one.sid]);
    expect(second.simulator.ledger()).toEqual(first.simulator.ledger());
    expect(second.simulator.messages()).toEqual(first.simulator.messages());
    expect(readFileSync(journal, "utf8").trim().split("\n")).toHaveLength(3);

    second.simulator.reset();
    expect(readFileSync(journal, "utf8")).toBe("");
  });

  test("lets a message go on that was under way", async () => {
    const journal = join(temporaryFolder(), "simulator.jsonl");
    const slow = await startSimulator({ journal, pace: 1_000 });
    const { sid } = await sdk(slow.origin).messages.create(text);
    await slow.simulator.close();

    const { simulator } = await startSimulator({ journal });
    await until(() => simulator.handset(TO)[0]?.sid === sid);
  });
});

describe("the simulator's process", () => {
  /** `npm run simulator` in an empty folder, with a parent that listens. */
  async function start(cwd: string, port: number) {
    const child = spawn(process.execPath, await nodeArguments("simulator/main.ts"), {
      cwd,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { ...process.env, SIMULATOR_PORT: String(port), TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" },
    });
    let output = "";
    child.stdout?.on("data", (data) => (output += String(data)));
    child.stderr?.on("data", (data) => (output += String(data)));
    const ended = once(child, "exit").then(([code, signal]) => ({ code, signal, output }));
    onTestFinished(() => void child.kill("SIGKILL"));
    const ready = once(child, "message").then(([message]) => message as { ready: boolean; origin: string });
    return { child, ready, ended, output: () => output };
  }

  test("says when it is ready, remembers what it took before kill -9, and ends with its parent", async () => {
    const folder = temporaryFolder();
    const first = await start(folder, 0);
    const { origin } = await first.ready;
    expect(first.output()).toBe(`Twilio simulator ready at ${origin} for account ${SIMULATOR_ACCOUNT_SID}\n`);
    const { sid } = await sdk(origin).messages.create(text);
    await sdk(origin).messages(sid).feedback.create({ outcome: "confirmed" });
    first.child.kill("SIGKILL");
    await first.ended;

    const second = await start(folder, 0);
    const again = (await second.ready).origin;
    expect((await control(again, "GET", "/feedback")).body).toMatchObject([{ messageSid: sid }]);
    second.child.kill("SIGINT");
    expect((await control(again, "GET", `/handsets/${TO}/messages?wait=25`)).body).toMatchObject([{ sid }]);
    second.child.disconnect();
    expect(await second.ended).toMatchObject({ code: 0, signal: null });
  });

  test("ends on SIGTERM", async () => {
    const { child, ready, ended } = await start(temporaryFolder(), 0);
    await ready;
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  test("names the remedy when its port is taken, and leaves the other's journal alone", async () => {
    const { port } = await startSimulator();
    const { ready, ended } = await start(temporaryFolder(), port);
    ready.catch(() => undefined);
    const { code, output } = await ended;
    expect(code).toBe(1);
    expect(output).toContain(`SIMULATOR_PORT=${port + 1}`);
    expect(output.trim().split("\n")).toHaveLength(1);
  });
});
