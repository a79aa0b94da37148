/** The demo's lines on the terminal, each with the time since the start. */
const startedAt = Date.now();

/** Prints a line such as `  3.4 s  PostgreSQL is ready`. */
export function progress(line: string): void {
  console.log(`${secondsSince(startedAt).padStart(6)} s  ${line}`);
}

/** Says at intervals that something long is still going on; the answer stops it. */
export function heartbeat(what: string, everyMs = 10_000): () => void {
  const begun = Date.now();
  const timer = setInterval(() => progress(`${what} (${secondsSince(begun)} s so far)`), everyMs);
  return () => clearInterval(timer);
}

function secondsSince(moment: number): string {
  return ((Date.now() - moment) / 1000).toFixed(1);
}
