/** A client that never reads its answer keeps it in our memory: it has a time-out, too. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** A client that has taken nothing of what was written to it for as long is given up, in milliseconds. */
const STALLED_AFTER_MS = 30_000;

/**
 * Ends connections that stall in the middle of an answer. Node tells of a connection on which nothing has moved; one that waits for us, such as
 * for a slow report or a live stream's next word, has nothing unsent and stays.
 */
export function endStalledAnswers(server: Server, stalledAfterMs = STALLED_AFTER_MS): void {
  const answering = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: 1 | -1) =>
    answering.set(socket, (answering.get(socket) ?? 0) + change);
  server.prependListener("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once("close", () => count(socket, -1));
  });
  server.timeout = stalledAfterMs;
  server.on("timeout", (socket: Socket) => {
    // Whoever listens here answers for connections kept alive between requests, too, which Node would end by itself.
    const isIdle = !answering.get(socket);
    if (isIdle || socket.writableLength > 0) socket.destroy();
  });
}
