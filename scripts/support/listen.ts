import type { Server } from "node:net";
import { Fault } from "./fault";

/**
 * Resolves when the server listens.
 *
 * @throws {Fault} naming PORT= when the port is taken or not allowed.
 */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explainListenError(error, port)));
    server.listen(port, host, resolve);
  });
}

function explainListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new Fault(
      `Port ${port} is in use. Stop the program that listens there, or choose another with PORT=.`,
    );
  }
  if (error.code === "EACCES")
    return new Fault(`Port ${port} is not allowed to this user. Choose another with PORT=.`);
  return error;
}
