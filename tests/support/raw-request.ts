/** Requests as only hostile or broken clients send them: as bytes on a connection. */
import { connect, type Socket } from "node:net";

/** A connection on which a text was sent, and everything that comes back is read. */
export function rawConnection(port: number, text: string): Socket {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  socket.on("error", () => undefined);
  // A connection nobody reads from never notices that the other end has closed it.
  socket.resume();
  return socket;
}

/** Waits until the other end has closed a connection. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}

/** Sends a text, and reads what comes back until the server closes the connection. */
export async function rawAnswer(port: number, text: string): Promise<string> {
  const socket = rawConnection(port, text);
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
  await closed(socket);
  return answer;
}
