/** The built app in a process of its own, on the same database. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { buildIfNeeded, WAITING_FOR_BUILD } from "../../support/build";
import { Fault } from "../../support/fault";
import { freePort } from "../../support/ports";

export interface App {
  origin: string;
  /** Of its first process. */
  pid: number;
  stop: () => Promise<void>;
}

/**
 * Builds the app unless it is built, and starts it.
 *
 * @param nodeOptions of its first process, such as `--cpu-prof`
 */
export async function startApp(
  environment: Record<string, string>,
  onProgress: (line: string) => void,
  nodeOptions: readonly string[] = [],
): Promise<App> {
  await buildIfNeeded({
    onStart: () => onProgress("building the app, whose sources have changed"),
    onWait: () => onProgress(WAITING_FOR_BUILD),
  });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = ["--import", "tsx", "scripts/bench/support/app-process.ts"];
  const running = await startProcess([...nodeOptions, ...program], {
    PUBLIC_BASE_URL: origin,
    LOOPS: "off",
    ...environment,
    PORT: String(port),
  });
  return { origin, ...running };
}

/** Starts the worker in a process of its own, as `npm run worker` does. */
export function startWorker(environment: Record<string, string>): Promise<Omit<App, "origin">> {
  return startProcess(["--import", "tsx", "scripts/worker.ts"], environment);
}

async function startProcess(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Omit<App, "origin">> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const ready = once(child, "message").then(() => true);
  if (!(await Promise.race([ready, ended.then(() => false)])))
    throw new Fault(`${args.at(-1) ?? ""} did not start.`);
  return {
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}
