import type { IncomingMessage, ServerResponse } from "node:http";

/** More than any message or control needs. */
const BODY_LIMIT = 256 * 1024;

/** The request's body is longer than 256 KiB. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/** The whole body as text. Throws a `BodyTooLargeError`, leaving the connection open for an answer. */
export function readBody(request: IncomingMessage): Promise<string> {
  // Not `for await`: leaving such a loop early destroys the socket, and with it the answer that says why.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) {
        request.pause();
        reject(new BodyTooLargeError());
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

/** Answer with JSON. A request that was not read to its end cannot share its connection with a next one. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...(response.req.complete ? {} : { Connection: "close" }),
    ...headers,
  });
  response.end(`${JSON.stringify(body)}\n`);
}

/** Whether a `Host` header, or the host of an `Origin`, names this machine itself. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return name === "localhost" || name === "127.0.0.1" || name === "[::1]";
}
