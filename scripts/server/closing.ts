import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Takes no more connections, and lets open requests finish.
 *
 * @param graceMs how long they may take; what is left then is cut off
 */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const expired = new AbortController();
  await Promise.race([closed, sleep(graceMs, undefined, { signal: expired.signal }).catch(() => undefined)]);
  expired.abort();
  // What is left are streams that never end by themselves, such as the handset's.
  server.closeAllConnections();
  await closed;
}

/** The port that a server was given. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new TypeError("it listens on a port");
  return address.port;
}
