/** The embedded PostgreSQL, killed and started in the ways that machines do it. Real processes. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { clusterFolder, serverAccount } from "@/scripts/embedded-postgres/account";
import { startEmbeddedPostgres } from "@/scripts/embedded-postgres/start";
import { identify, isRunning } from "@/scripts/support/process-identity";
import { removeData } from "../support/process";
import { until } from "../support/until";

const dataDir = path.resolve(".data", "tests", `postgres-${process.pid}`);
const dir = path.join(dataDir, "pg");
const options = { dir, database: 'it\'s a "test"', durable: false };

/** Another process that holds the cluster until it is killed. */
const HOLDER = `
  import { startEmbeddedPostgres } from "./scripts/embedded-postgres/start";
  startEmbeddedPostgres(${JSON.stringify(options)}).then(({ url }) => {
    console.log(url);
    setInterval(() => undefined, 1000);
  });
`;

const holders: ChildProcess[] = [];

function pidFile(): string {
  return path.join(clusterFolder(dir, serverAccount(dir)), "data", "postmaster.pid");
}

function postmaster(): number {
  return Number.parseInt(readFileSync(pidFile(), "utf8"), 10);
}

async function startHolder(): Promise<ChildProcess> {
  const holder = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", HOLDER], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  holders.push(holder);
  await once(holder.stdout, "data");
  return holder;
}

async function killNow(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(() => mkdirSync(dataDir, { recursive: true }));
afterEach(() => holders.splice(0).forEach((holder) => holder.kill("SIGKILL")));
afterAll(async () => {
  await (await startEmbeddedPostgres(options)).stop();
  removeData(dataDir);
});

describe("the embedded PostgreSQL", () => {
  test("starts for several at the same time, the first time too, and stops after the last", async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres(options)));
    const server = identify(postmaster());
    expect(await query(two!.url, "SELECT current_database() AS name")).toEqual([{ name: options.database }]);
    await one!.stop();
    await two!.stop();
    expect(await query(three!.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await three!.stop();
    expect(isRunning(server)).toBe(false);
  });

  test("keeps its data, and can be stopped twice", async () => {
    const first = await startEmbeddedPostgres(options);
    await query(first.url, "CREATE TABLE kept (n int)");
    await Promise.all([first.stop(), first.stop()]);
    const second = await startEmbeddedPostgres(options);
    expect(await query(second.url, "SELECT * FROM kept")).toEqual([]);
    await second.stop();
  });

  test("goes on for others when one of its users is killed, and is stopped by the last that leaves", async () => {
    const killed = await startHolder();
    const server = identify(postmaster());
    await killNow(killed);
    expect(isRunning(server)).toBe(true);
    const adopted = await startEmbeddedPostgres(options);
    expect(identify(postmaster())).toBe(server);
    await adopted.stop();
    expect(isRunning(server)).toBe(false);
  });

  test("starts again after it was killed itself, with everything that was committed", async () => {
    const killed = await startHolder();
    const joined = await startEmbeddedPostgres(options);
    await query(joined.url, "INSERT INTO kept SELECT generate_series(1, 1000)");
    process.kill(postmaster(), "SIGKILL");
    await killNow(killed);
    const again = await startEmbeddedPostgres(options);
    expect(await query(again.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 1000 }]);
    await Promise.all([joined.stop(), again.stop()]);
  });

  test("is not misled by a pid that belongs to another program by now", async () => {
    writeFileSync(pidFile(), `${process.pid}\n`);
    const started = await startEmbeddedPostgres(options);
    expect(postmaster()).not.toBe(process.pid);
    await started.stop();
  });

  test("takes another port when its own is taken", async () => {
    const first = await startEmbeddedPostgres(options);
    const port = Number(new URL(first.url).port);
    await first.stop();
    const { createServer } = await import("node:net");
    const squatter = createServer().listen(port, "127.0.0.1");
    await once(squatter, "listening");
    const second = await startEmbeddedPostgres(options);
    expect(Number(new URL(second.url).port)).not.toBe(port);
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.stop();
    squatter.close();
    await until(() => !squatter.listening);
  });
});
