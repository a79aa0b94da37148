import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** The answer, or which kind of failure there was instead: of the connection (`ct`), or of waiting (`rt`). */
export type PostResult =
  | { readonly status: number; readonly body: string; readonly failure: null }
  | { readonly status: null; readonly body: null; readonly failure: "ct" | "rt" };

/** TwiML is far shorter. */
const ANSWER_LIMIT = 64 * 1024;

class ReadTimeoutError extends Error {}

/**
 * Post a form once, on a connection of its own, without following redirects. Rejects only when the signal is aborted.
 * `connectTimeout` is until the connection stands, `readTimeout` the longest silence afterwards; milliseconds.
 */
export function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  {
    connectTimeout,
    readTimeout,
    signal,
  }: { connectTimeout: number; readTimeout: number; signal: AbortSignal },
): Promise<PostResult> {
  const body = new URLSearchParams(form).toString();
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;

  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: "POST",
      // A pooled connection may be closed by the other side just as it is taken up again, which would look like a
      // failure of the application's.
      agent: false,
      signal,
      headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
    });
    const connecting = setTimeout(() => request.destroy(new Error("connect timeout")), connectTimeout);
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        clearTimeout(connecting);
        socket.setTimeout(readTimeout, () => request.destroy(new ReadTimeoutError()));
      });
    });
    const fail = (error: Error) => {
      clearTimeout(connecting);
      if (signal.aborted) reject(error);
      else resolve({ status: null, body: null, failure: error instanceof ReadTimeoutError ? "rt" : "ct" });
    };
    request.on("error", fail);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (text.length < ANSWER_LIMIT) text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text, failure: null }));
      response.on("error", fail);
    });
    request.end(body);
  });
}
