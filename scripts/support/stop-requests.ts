/** The ways in which a process of ours is told to stop. */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const PARENT_POLL_MS = 500;

interface Options {
  /** For the child of a supervisor: Ctrl-C reaches every process of the terminal, and the supervisor says when to stop. */
  ignoreInterrupt?: boolean;
}

/**
 * Calls back at each request to stop: a signal, the end of the parent on the other side of an IPC channel, or of the
 * shell that npm put between itself and us.
 */
export function onStopRequest(stop: () => void, { ignoreInterrupt = false }: Options = {}): void {
  for (const signal of SIGNALS) {
    process.on(signal, signal === "SIGINT" && ignoreInterrupt ? () => undefined : stop);
  }
  process.on("disconnect", stop);
  if (process.env["npm_lifecycle_event"] && !process.send) whenOrphaned(stop);
  // Whoever read our output may be gone before us: that is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** npm passes SIGTERM on to that shell, which ends without telling us. */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_POLL_MS);
  timer.unref();
}
