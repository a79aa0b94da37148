import type { ServerResponse } from "node:http";
import { ClientGone, type Served } from "@/lib/served";

/**
 * What is known of a request while it is served.
 *
 * @param response its answer's; its signal aborts when the connection is lost before the answer has been sent
 * @param from where its client is, as limits count it
 */
export function servedTo(response: ServerResponse, from: string): Served {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new ClientGone());
  });
  const answerWith = (status: number) => {
    if (!response.headersSent) response.statusCode = status;
  };
  return { signal: gone.signal, from, answerWith };
}
