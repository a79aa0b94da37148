/** Which requests go no further than this server, and how they are told. */
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import {
  malformedAddress,
  malformedRequest,
  malformedRouterHeader,
  misdirected,
  methodOfFiles,
  methodOfPages,
  missingHost,
  nothingHere,
  tooManyHeaders,
  tooSlow,
  unknownExpectation,
  unknownMethod,
  type RequestRefusal,
} from "@/lib/http/refusals";
import { isLocalHost } from "@/lib/own-origin";
import { answerHeaders, beginAnswer } from "./answer-headers";
import { hasMalformedRouterHeader } from "./router-headers";
import { decodedPath, isApi, isRoundabout, rawPath } from "./target";

/** Browsers send some twenty, and a proxy adds ten. Next copies them several times for a page. */
const MOST_HEADERS = 100;

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Why a request goes no further: because Next would answer it with a 500, with nothing, or otherwise than our API answers; or because
 * it was not meant for us. Null when it does.
 *
 * @param localOnly whether only this machine is served
 */
export function refusalOf(request: IncomingMessage, localOnly: boolean): RequestRefusal | null {
  const { method = "", url = "", headers, rawHeaders, httpVersion } = request;
  if (rawHeaders.length > 2 * MOST_HEADERS) return tooManyHeaders;
  if (headers.host === undefined && httpVersion === "1.1") return missingHost;
  if (localOnly && !isLocalHost(headers.host)) return misdirected;
  if (!METHODS.has(method) || !url.startsWith("/")) return unknownMethod;
  if (hasMalformedRouterHeader(headers)) return malformedRouterHeader;
  const path = rawPath(url);
  const decoded = decodedPath(path);
  if (decoded === null) return malformedAddress;
  if (isRoundabout(path)) return nothingHere;
  if (!isApi(path)) return methodRefusal(method, decoded);
  // Next sends whoever adds a slash elsewhere, without a word of ours.
  return /\/\/|\/$/.test(path) ? nothingHere : null;
}

/**
 * Outside the API, Next answers with a 500 where a file is asked for by another method, and with the page where a page is.
 *
 * @param path decoded, as Next finds files by it
 */
function methodRefusal(method: string, path: string): RequestRefusal | null {
  if (method === "GET" || method === "HEAD") return null;
  if (method !== "POST") return methodOfPages;
  return path.includes(".") || /^\/+_next(?:\/|$)/.test(path) ? methodOfFiles : null;
}

/** Answers a request that goes no further. */
export async function answerDirectly(
  refuse: RequestRefusal,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = headers["x-request-id"]?.toString();
  const answer = await refuse(
    new Request("http://localhost/", { headers: requestId ? { "x-request-id": requestId } : {} }),
  );
  const body = await answer.text();
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.writeHead(answer.status, { "Content-Length": Buffer.byteLength(body) }).end(body);
}

/** Gives our own answers where Node gives bare ones: to what is no HTTP, comes too slowly, or expects what we do not do. */
export function refuseBrokenRequests(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.prependListener("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    answering.set(socket, response);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const response = answering.get(socket);
    const midway = response !== undefined && response.headersSent && !response.writableFinished;
    // A client that has gone, or is in the middle of an answer, is told nothing.
    if (!socket.writable || error.code === "ECONNRESET" || midway) return void socket.destroy();
    void answerRaw(refusalOfError(error.code), socket);
  });
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    beginAnswer(response);
    void answerDirectly(unknownExpectation, request, response);
  });
}

function refusalOfError(code: string | undefined): RequestRefusal {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return tooManyHeaders;
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return tooSlow;
    default:
      return malformedRequest;
  }
}

/** An answer to what never became a request. */
async function answerRaw(refuse: RequestRefusal, socket: Duplex): Promise<void> {
  const answer = await refuse(new Request("http://localhost/"));
  const body = await answer.text();
  const headers = {
    ...answerHeaders(),
    ...Object.fromEntries(answer.headers),
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}`;
  socket.end(`${status}\r\n${lines.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
