/** The life of a server process: started, told to its parent, stopped by a signal or with its parent. */
import { explain } from "./fault";
import { onStopRequest } from "./stop-requests";

interface Running {
  /** Where it is reached. */
  origin?: string;
  close: () => Promise<void>;
  /** Resolves when it cannot go on as it should. */
  failed?: Promise<void>;
}

interface Options {
  /** For the child of a supervisor, which says when to stop. */
  ignoreInterrupt?: boolean;
}

/** However long closing takes, the process is gone after this. */
const CLOSE_DEADLINE_MS = 20_000;

/**
 * Starts something and keeps it until the process is told to stop, then closes it and exits with code 0; with code 1 when it failed in
 * between. A start that fails is printed, and exits with code 1. A parent with an IPC channel is sent `{ready: true, origin}` in between.
 */
export function runUntilStopped(start: () => Promise<Running>, { ignoreInterrupt }: Options = {}): void {
  const started = start();
  let stopping = false;
  const stop = (code = 0) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
    started.then((running) => running.close()).then(() => process.exit(code), fail);
  };
  onStopRequest(() => stop(), { ignoreInterrupt });
  started.then(({ origin, failed }) => {
    process.send?.({ ready: true, origin });
    void failed?.then(() => stop(1));
  }, fail);
}

function fail(error: unknown): void {
  console.error(explain(error));
  process.exit(1);
}
