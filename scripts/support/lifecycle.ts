/** The life of a server process: started, told to its parent, stopped by a signal or with its parent. */
import { explain } from "./fault";

interface Running {
  close: () => Promise<void>;
}

interface Options {
  /** What to tell the parent, when there is one, once the start has succeeded. */
  ready?: object;
  /** For the child of a supervisor: Ctrl-C reaches every process of the terminal, and the supervisor says when to stop. */
  ignoreInterrupt?: boolean;
}

/** However long closing takes, the process is gone after this. */
const CLOSE_DEADLINE_MS = 20_000;

/**
 * Starts something and keeps it until the process is told to stop (SIGTERM, SIGHUP, Ctrl-C, the end of its parent), then
 * closes it and exits with code 0. A start that fails is printed, and exits with code 1.
 */
export function runUntilStopped(
  start: () => Promise<Running>,
  { ready, ignoreInterrupt }: Options = {},
): void {
  const started = start();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
    started.then((running) => running.close()).then(() => process.exit(0), fail);
  };
  for (const event of ["SIGTERM", "SIGHUP", "disconnect"]) process.on(event, stop);
  process.on("SIGINT", ignoreInterrupt ? () => undefined : stop);
  // Whoever read our output may be gone before us: that is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  started.then(() => process.send?.({ ready: true, ...ready }), fail);
}

function fail(error: unknown): void {
  console.error(explain(error));
  process.exit(1);
}
