/** The frame of a benchmark with a database of its own: whatever way it ends, nothing of it is left. */
import { randomBytes } from "node:crypto";
import os from "node:os";
import { Client } from "pg";
import { disconnect } from "@/lib/db";
import { setEnv, SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { progress } from "../../demo/progress";
import { explain } from "../../support/fault";
import { onStopRequest } from "../../support/stop-requests";
import { openTemporaryPostgres, type PostgresOptions } from "./temporary-postgres";

export interface Bench {
  client: Client;
  /** What the library is configured with, and an app needs to be. */
  configuration: Record<string, string> & { DATABASE_URL: string };
  /** Where the database server may write files, on this machine. */
  folder: string;
  /** To be called at the end, the last one first. */
  atEnd: (close: () => Promise<void> | void) => void;
}

/** Runs a benchmark on a new, migrated database, and ends the process. */
export async function runBenchmark(
  run: (bench: Bench) => Promise<void>,
  postgres: PostgresOptions = {},
): Promise<never> {
  const closers: (() => Promise<void> | void)[] = [];
  let closed: Promise<void> | undefined;
  const closeAll = () =>
    (closed ??= (async () => {
      for (const close of closers.reverse()) await close();
    })());
  const stopping = new AbortController();
  onStopRequest(() => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    progress("Stopping, and removing everything …");
    void closeAll().finally(() => process.exit(130));
  });
  let exitCode = 0;
  try {
    await run(await openBench((close) => closers.push(close), postgres));
  } catch (error) {
    // What is interrupted fails, and that is no news.
    if (stopping.signal.aborted) return new Promise(() => undefined);
    console.error(explain(error));
    exitCode = 1;
  }
  await closeAll();
  return process.exit(exitCode);
}

async function openBench(atEnd: Bench["atEnd"], postgres: PostgresOptions): Promise<Bench> {
  const { url, folder, description, remove } = await openTemporaryPostgres(postgres);
  atEnd(remove);
  const configuration = {
    DATABASE_URL: url,
    TWILIO_ACCOUNT_SID: SIMULATOR_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: "simulator",
    TWILIO_FROM: "+15005550006",
    SECRET_KEY: randomBytes(32).toString("hex"),
    DASHBOARD_ACCESS: "open",
    LOG_LEVEL: "silent",
  };
  setEnv(configuration);
  atEnd(disconnect);
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  atEnd(() => client.end());
  console.log(`${os.cpus().length} × ${os.cpus()[0]?.model ?? "?"}, Node.js ${process.version}`);
  console.log(description);
  return { client, configuration, folder, atEnd };
}
