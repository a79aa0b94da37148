/**
 * Our small server around Next. It is here for one thing Next does not do: to decide a client's address from the
 * connection. `next start` passes a client's own X-Forwarded-For on as it came.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "@/lib/client-address";
import { disconnect } from "@/lib/db";
import { env } from "@/lib/env";
import { malformedAddress } from "@/lib/http";
import { startLoops } from "@/lib/loops";
import { listen } from "./support/listen";

interface ServeOptions {
  port: number;
  /** The address to listen on. */
  host: string;
  /** Next's development server instead of the build. */
  dev?: boolean;
  /** Whether the background loops run in this process; true by default. */
  loops?: boolean;
  /** How long `close` lets open requests finish, in milliseconds. */
  graceMs?: number;
}

export interface RunningServer {
  origin: string;
  /** Takes no more connections, lets open requests finish, stops the loops, leaves the database. */
  close: () => Promise<void>;
}

/** A slow client may take this long to send a request, in milliseconds: its headers, and all of it. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Longer than the 60 s after which common load balancers drop an idle connection: they must be the ones to drop it. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** What proxies say about the client's side of the connection; from a client itself it is not to be believed. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"];

/**
 * Serves the app until it is closed.
 *
 * @throws {Fault} when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { port, host, dev = false, loops = true, graceMs = 10_000 } = options;
  const trustedProxies = env().TRUSTED_PROXIES;
  const server = createServer();
  const app = next({ dev, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();

  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.on("request", (request, response) => {
    if (isMalformed(request.url)) {
      void answerMalformed(request, response);
      return;
    }
    setClientAddress(request, trustedProxies);
    void handle(request, response);
  });
  await listen(server, port, host);
  const background = loops ? startLoops() : undefined;

  return {
    origin: `http://${host}:${port}`,
    close: async () => {
      await Promise.all([closeServer(server, graceMs), background?.stop()]);
      await app.close();
      await disconnect();
    },
  };
}

/** Next answers 500 to an address whose percent signs encode nothing. */
function isMalformed(url = ""): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return false;
  } catch {
    return true;
  }
}

async function answerMalformed(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = headers["x-request-id"]?.toString();
  const request = new Request("http://localhost/", {
    method: method === "TRACE" || method === "CONNECT" ? "GET" : method,
    headers: requestId ? { "x-request-id": requestId } : {},
  });
  const answer = await malformedAddress(request);
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}

/** Replaces what the request says about where it came from by what we know. */
function setClientAddress(request: IncomingMessage, trustedProxies: number): void {
  const { headers, socket } = request;
  const address = clientAddress({
    socketAddress: socket.remoteAddress,
    forwardedFor: headers["x-forwarded-for"]?.toString(),
    trustedProxies,
  });
  delete headers["x-forwarded-for"];
  if (trustedProxies === 0) for (const name of PROXY_HEADERS) delete headers[name];
  delete headers[CLIENT_ADDRESS_HEADER];
  if (address) headers[CLIENT_ADDRESS_HEADER] = address;
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
