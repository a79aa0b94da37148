/**
 * Our small server around Next. It does what Next does not: it decides a client's address and our own origin (`next start` passes on
 * what a client or a proxy says of either), lets nothing through that Next would stumble over or wait for, and has every answer say
 * what browsers may do with it. The API it answers itself, but for the reports: those and the pages have a process of their own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { disconnect } from "@/lib/db";
import { env } from "@/lib/env";
import { startLoops } from "@/lib/loops";
import { addressSubject } from "@/lib/protection/asker";
import { whileServing } from "@/lib/served";
import { log } from "@/lib/log";
import { beginAnswer } from "./server/answer-headers";
import { closeServer } from "./server/closing";
import { compress } from "./server/compress";
import { fastLane } from "./server/fast-lane";
import { logRejections, logWhatIsPrinted, uncaughtException } from "./server/faults";
import { takeForm } from "./server/form-post";
import { servedTo } from "./server/served-to";
import { knownActions } from "./server/known-actions";
import { startPages } from "./server/pages/pages";
import { answerDirectly, refusalOf, refuseBrokenRequests } from "./server/refusals";
import { keepOwnCookies, setOwnAddresses, settleRawHeaders, shortenHeaders } from "./server/request-headers";
import { reportGate } from "./server/report-gate";
import { endStalledAnswers } from "./server/stalled-answers";
import { isApi, isReport, rawPath } from "./server/target";
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
  /** By how much pages and reports give way to sign-ins where there are too few processors; by 5 unless it is said. */
  niceness?: number;
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
  const {
    port,
    host,
    dev = false,
    loops = true,
    localOnly = false,
    niceness = 5,
    graceMs = 10_000,
  } = options;
  const trustedProxies = env().TRUSTED_PROXIES;
  // Node's own answer to a request without a host has no words: we give it ours.
  const server = createServer({
    requireHostHeader: false,
    keepAlive: true,
    keepAliveInitialDelay: ASK_AFTER_MS,
  });
  const actions = dev ? null : knownActions();
  const answering = dev
    ? await nextHere(server, options)
    : await inTwoProcesses({ port, host, niceness, graceMs });

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
    answering.answer(request, response, from);
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
    settleRawHeaders(request);
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
  if (!dev) logRejections();

  return {
    origin: `http://${host}:${port}`,
    failed: dev ? undefined : uncaughtException(),
    close: async () => {
      await Promise.all([closeServer(server, graceMs), background?.stop()]);
      await answering.close();
      await disconnect();
      printAgain?.();
    },
  };
}

/** What answers the requests that are let in. */
interface Answering {
  /** @param from where its client is, as limits count it */
  answer: (request: IncomingMessage, response: ServerResponse, from: string) => void;
  close: () => Promise<void>;
}

/** All of it by Next's development server, in this process: what is changed is seen at once. */
async function nextHere(server: Server, { port, host }: ServeOptions): Promise<Answering> {
  // What is built has its pages elsewhere, and this process starts without Next.
  const { default: next } = await import("next");
  const app = next({ dev: true, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    answer: (request, response, from) => serveHere(request, response, from, handle),
    close: () => app.close(),
  };
}

/** The API here, and what takes long beside. */
async function inTwoProcesses(options: Parameters<typeof startPages>[0]): Promise<Answering> {
  const api = fastLane((path) => !isReport(path));
  const [pages] = await Promise.all([startPages(options), api.load()]);
  return {
    answer: (request, response, from) => {
      const path = rawPath(request.url);
      if (isApi(path) && !isReport(path)) serveHere(request, response, from, api.answer);
      else pages.answer(request, response);
    },
    close: pages.close,
  };
}

function serveHere(
  request: IncomingMessage,
  response: ServerResponse,
  from: string,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): void {
  compress(request, response, () => {
    void whileServing(servedTo(response, from), () => answer(request, response));
  });
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
