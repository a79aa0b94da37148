/**
 * Our small server around Next. It does what Next does not: it decides a client's address and our own origin (`next start` passes on
 * what a client or a proxy says of either), lets nothing through that Next would stumble over or wait for, and has every answer say
 * what browsers may do with it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import compression from "compression";
import next from "next";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { disconnect } from "@/lib/db";
import { env } from "@/lib/env";
import { startLoops } from "@/lib/loops";
import { addressSubject } from "@/lib/protection/asker";
import { ClientGone, whileServing } from "@/lib/served";
import { log } from "@/lib/log";
import { beginAnswer } from "./server/answer-headers";
import { logWhatIsPrinted, uncaughtException } from "./server/faults";
import { takeForm } from "./server/form-post";
import { knownActions } from "./server/known-actions";
import { answerDirectly, refusalOf, refuseBrokenRequests } from "./server/refusals";
import { keepOwnCookies, setOwnAddresses, shortenHeaders } from "./server/request-headers";
import { reportGate } from "./server/report-gate";
import { endStalledAnswers } from "./server/stalled-answers";
import { isApi, rawPath } from "./server/target";
import { listen } from "./support/listen";

interface ServeOptions {
  port: number;
  /** The address to listen on. */
  host: string;
  /** Next's development server instead of the build. */
  dev?: boolean;
  /** Whether the background loops run in this process; true by default. */
  loops?: boolean;
  /** Whether only this machine is served: a request that names another host is refused. False by default. */
  localOnly?: boolean;
  /** How long `close` lets open requests finish, in milliseconds. */
  graceMs?: number;
}

export interface RunningServer {
  origin: string;
  /** Takes no more connections, lets open requests finish, stops the loops, leaves the database. */
  close: () => Promise<void>;
  /** Resolves after an exception that nobody caught: the server is to be closed, and the process to end. */
  failed?: Promise<void>;
}

/**
 * Compresses all answers. Next's own compression leaves out what route handlers answer: it reads their type from a header that Next
 * has set as a list.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- its types are Express's, which are Node's with more, which it does not use
const compress = compression({
  filter(request, response) {
    const type = response.getHeader("Content-Type");
    if (Array.isArray(type)) response.setHeader("Content-Type", type[0] ?? "");
    return compression.filter(request, response);
  },
}) as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A slow client may take this long to send a request, in milliseconds: its headers, and all of it. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Longer than the 60 s after which common load balancers drop an idle connection: they must be the ones to drop it. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** A client that went away without a word is found out by the system's own asking, after as long without any, in milliseconds. */
const ASK_AFTER_MS = 60_000;

/**
 * Serves the app until it is closed.
 *
 * @throws {Fault} when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { port, host, dev = false, loops = true, localOnly = false, graceMs = 10_000 } = options;
  const trustedProxies = env().TRUSTED_PROXIES;
  // Node's own answer to a request without a host has no words: we give it ours.
  const server = createServer({
    requireHostHeader: false,
    keepAlive: true,
    keepAliveInitialDelay: ASK_AFTER_MS,
  });
  const app = next({ dev, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  const actions = dev ? null : knownActions();

  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  // We speak HTTP only. Next leaves the socket of an upgrade open for good when its path is none of its own, and Node has no time-out
  // for it any more; in development it is how changes reach the browser.
  if (!dev) server.prependListener("upgrade", (_, socket) => socket.destroy());
  refuseBrokenRequests(server);
  endStalledAnswers(server);
  const addresses = rememberAddresses(server);
  const gate = reportGate();
  const serveApp = (request: IncomingMessage, response: ServerResponse) => {
    const from = addressSubject(String(request.headers[CLIENT_ADDRESS_HEADER]));
    const refuse = gate(request, response, from);
    if (refuse) return void answerDirectly(refuse, request, response);
    compress(request, response, () => {
      const answerWith = (status: number) => {
        if (!response.headersSent) response.statusCode = status;
      };
      const served = { signal: goneSignal(response), from, answerWith };
      void whileServing(served, () => handle(request, response));
    });
  };
  server.on("request", (request, response) => {
    const socketAddress = addresses.get(request.socket);
    // Limits count by address: a request without one is not served.
    if (!socketAddress) return void request.destroy();
    beginAnswer(response);
    closeAfterLargeBody(request, response);
    normalizeTarget(request);
    shortenHeaders(request.headers);
    keepOwnCookies(request.headers);
    const refuse = refusalOf(request, localOnly);
    if (refuse) return void answerDirectly(refuse, request, response);
    setOwnAddresses(request.headers, socketAddress, trustedProxies);
    if (!isFormPost(request, dev)) {
      serveApp(request, response);
      return;
    }
    takeForm(request, response, actions, (form) => serveApp(form, response)).catch((error: unknown) => {
      log().error({ err: error }, "form not served");
      response.destroy();
    });
  });
  await listen(server, port, host);
  const background = loops ? startLoops() : undefined;
  // Whoever develops reads a console, and mends what was thrown.
  const printAgain = dev ? undefined : logWhatIsPrinted();

  return {
    origin: `http://${host}:${port}`,
    failed: dev ? undefined : uncaughtException(),
    close: async () => {
      await Promise.all([closeServer(server, graceMs), background?.stop()]);
      await app.close();
      await disconnect();
      printAgain?.();
    },
  };
}

/**
 * The addresses of open connections, taken when they open: a socket that the client has reset has lost its own, while the
 * request it sent is still served.
 */
function rememberAddresses(server: Server): WeakMap<Socket, string> {
  const addresses = new WeakMap<Socket, string>();
  server.on("connection", (socket: Socket) => {
    if (socket.remoteAddress) addresses.set(socket, socket.remoteAddress);
  });
  return addresses;
}

/** A body up to this is read whole, or lies in buffers when it is not; ours are smaller, in bytes. */
const SMALL_BODY_BYTES = 60_000;

/** How long the rest of an unwanted body may keep its connection open after the answer, in milliseconds. */
const UNREAD_BODY_MS = 2_000;

/**
 * An answer may come before the request's body was read, and what is left of it stands before the connection's next request.
 * So a connection with a large body, or one of unknown length, is closed after its answer.
 */
function closeAfterLargeBody(request: IncomingMessage, response: ServerResponse): void {
  const length = request.headers["content-length"];
  const isLarge =
    length === undefined ? "transfer-encoding" in request.headers : Number(length) > SMALL_BODY_BYTES;
  if (!isLarge) return;
  response.shouldKeepAlive = false;
  // Not at once: a client that still sends would lose the answer.
  // The socket is taken here, since a request that has ended lets go of it.
  const { socket } = request;
  response.once("finish", () => setTimeout(() => socket.destroy(), UNREAD_BODY_MS).unref());
}

/** A client may name the whole URL (RFC 9112, section 3.2.2); Next wants the path. */
function normalizeTarget(request: IncomingMessage): void {
  const { url = "" } = request;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) {
    const { pathname, search } = new URL(url);
    request.url = pathname + search;
  }
}

/** Whether this is posted to a page: not to the API, and not to Next's own tools for development. */
function isFormPost({ method, url = "" }: IncomingMessage, dev: boolean): boolean {
  return method === "POST" && !isApi(rawPath(url)) && !(dev && /^\/__?next/.test(url));
}

/** Aborts when the connection is lost before the answer has been sent. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new ClientGone());
  });
  return gone.signal;
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const expired = new AbortController();
  await Promise.race([closed, sleep(graceMs, undefined, { signal: expired.signal }).catch(() => undefined)]);
  expired.abort();
  // What is left are streams that never end by themselves, such as the handset's.
  server.closeAllConnections();
  await closed;
}
