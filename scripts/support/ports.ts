/** TCP ports on this machine's loopback. */
import { createServer } from "node:net";

/** Whether this process could listen on the port, on 127.0.0.1 and, where there is IPv6, on ::1. */
export async function portIsFree(port: number): Promise<boolean> {
  // "localhost" means both to a browser: on some systems 127.0.0.1 is free to bind while ::1 answers with another program.
  const taken = await Promise.all(["127.0.0.1", "::1"].map((host) => isTaken(port, host)));
  return !taken.includes(true);
}

/** A port nobody listens on now. Nothing reserves it, so a caller must cope with its being taken in between. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      // EACCES: a port below 1024 for an ordinary user. Anything else: there is no such address here.
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES");
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
