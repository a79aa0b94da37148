/** The process of the pages: what becomes of it when it, or the server in front of it, ends; and who may talk to it. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { until } from "@/tests/support/until";

let database: TestDatabase;
let simulator: Simulator;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = createSimulator({ pace: 0.01 });
  app = await AppProcess.prepare({ databaseUrl: database.url, twilioOrigin: await simulator.listen(0) });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await simulator?.close();
  await database?.drop();
});

/** The one child of the server that is a Node of its own. */
function pagesPid(): number {
  const children = readFileSync(`/proc/${app.pid}/task/${app.pid}/children`, "utf8").trim().split(" ");
  const own = children.map(Number).filter((pid) => commandOf(pid).includes("server/pages/process"));
  expect(own).toHaveLength(1);
  return own[0]!;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** The port it listens on, as the system lists it. */
function portOf(pid: number): number {
  const own = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1)) {
    const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
    const LISTENS = "0A";
    if (state === LISTENS && own.includes(inode)) return Number.parseInt(local.split(":")[1] ?? "", 16);
  }
  throw new Error("it listens nowhere");
}

describe.runIf(process.platform === "linux")("the process of the pages", () => {
  test("is talked to by the server alone", async () => {
    const port = portOf(pagesPid());
    expect(port).not.toBe(app.port);
    const tokens: Record<string, string>[] = [{}, { "x-server-token": "guessed" }];
    for (const headers of tokens) {
      await expect(fetch(`http://127.0.0.1:${port}/`, { headers })).rejects.toThrow("fetch failed");
    }
    expect((await fetch(`${app.origin}/`)).status).toBe(200);
  });

  test("is started again when it ends; meanwhile the API goes on, and who asks for a page is told when to come back", async () => {
    process.kill(pagesPid(), "SIGKILL");
    const page = await until(async () => {
      const answer = await fetch(`${app.origin}/`);
      return answer.status === 503 ? answer : null;
    });
    expect(page.headers.get("retry-after")).toBe("3");
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const report = await app.call("GET", "/api/insights/summary");
    expect(report).toMatchObject({ status: 503, body: { code: "unavailable" } });
    const { status } = await app.call("POST", "/api/verifications", { to: "+14155550177" });
    expect(status).toBe(201);

    await until(async () => (await fetch(`${app.origin}/`)).status === 200);
    expect((await app.call("GET", "/api/insights/summary")).status).toBe(200);
    expect(app.output).toContain("the process of the pages ended");
  });

  test("ends with the server, also when that is killed", async () => {
    const pid = pagesPid();
    await app.kill();
    await until(() => commandOf(pid) === "");
    await app.start();
    const next = pagesPid();
    expect(await app.terminate()).toBe(0);
    await until(() => commandOf(next) === "");
  });
});
