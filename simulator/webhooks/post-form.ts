import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** The answer, or which kind of failure there was instead: of the connection (`ct`), or of waiting (`rt`). */
export type PostResult =
  | { readonly status: number; readonly body: string; readonly failure: null }
  | { readonly status: null; readonly body: null; readonly failure: "ct" | "rt" };

/** TwiML is far shorter. */
const ANSWER_LIMIT = 64 * 1024;

class ReadTimeoutError extends Error {}

/** A connection is used again: opening one costs both sides as much as the post itself. */
const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

interface PostOptions {
  /** Until the connection stands, in milliseconds. */
  connectTimeout: number;
  /** The longest silence afterwards, in milliseconds. */
  readTimeout: number;
  signal: AbortSignal;
}

/**
 * Post a form once, without following redirects. Rejects only when the signal is aborted.
 *
 * A connection that was kept may be closed by the other side just as it is taken up again: then the form goes over a new one, or it would
 * look like a failure of the application's.
 */
export function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  options: PostOptions,
): Promise<PostResult> {
  return post(url, new URLSearchParams(form).toString(), headers, options, true);
}

function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  options: PostOptions,
  mayReuse: boolean,
): Promise<PostResult> {
  const { connectTimeout, readTimeout, signal } = options;
  const isSecure = url.startsWith("https:");
  return new Promise((resolve, reject) => {
    const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(url, {
      method: "POST",
      agent: mayReuse && (isSecure ? agents.https : agents.http),
      signal,
      headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
    });
    let isAnswered = false;
    const connecting = setTimeout(() => request.destroy(new Error("connect timeout")), connectTimeout);
    const connected = () => {
      clearTimeout(connecting);
      request.setTimeout(readTimeout, () => request.destroy(new ReadTimeoutError()));
    };
    request.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", connected);
      else connected();
    });
    const fail = (error: Error) => {
      clearTimeout(connecting);
      if (signal.aborted) reject(error);
      else if (request.reusedSocket && !isAnswered && !(error instanceof ReadTimeoutError))
        resolve(post(url, body, headers, options, false));
      else resolve({ status: null, body: null, failure: error instanceof ReadTimeoutError ? "rt" : "ct" });
    };
    request.on("error", fail);
    request.on("response", (response) => {
      isAnswered = true;
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
