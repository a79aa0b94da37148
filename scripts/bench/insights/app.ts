/** Our reports over HTTP: the built app in a process of its own, on the same database. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Compare, Range } from "@/lib/insights/range";
import { buildIfNeeded } from "../../support/build";
import { Fault } from "../../support/fault";
import { freePort } from "../../support/ports";
import type { Report } from "./reports";

export interface App {
  /** The whole answer, read to its end; in bytes. */
  get: (report: Report, range: Range, compare?: Compare) => Promise<number>;
  stop: () => Promise<void>;
}

const ANSWER_LIMIT = 500;

/** Builds the app unless it is built, and starts it. */
export async function startApp(
  environment: Record<string, string>,
  onProgress: (line: string) => void,
): Promise<App> {
  await buildIfNeeded({ onStart: () => onProgress("building the app, whose sources have changed") });
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/bench/insights-app.ts"], {
    env: { ...process.env, ...environment, NODE_ENV: "production", PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const ready = once(child, "message").then(() => true);
  if (!(await Promise.race([ready, ended.then(() => false)]))) throw new Fault("The app did not start.");

  return {
    async get(report, { from, to }, compare = "none") {
      const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), compare });
      if (report === "timeseries") query.set("interval", "day");
      if (report === "destinations") query.set("limit", String(ANSWER_LIMIT));
      const response = await fetch(`http://127.0.0.1:${port}/api/insights/${report}?${query}`);
      const body = await response.text();
      if (!response.ok) throw new Fault(`/api/insights/${report} answers ${response.status}: ${body}`);
      return Buffer.byteLength(body);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}
