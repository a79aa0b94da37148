/** How a request passes from the server to the process of the pages, and its answer back. */
import {
  Agent,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";

/** By this the pages' process knows the server that started it: whoever else is on this machine may connect to it, too. */
export const TOKEN_HEADER = "x-server-token";

/** In it the pages' process finds what it is told when it is started, as JSON. */
export const ORDER_VARIABLE = "OTP_INSIGHTS_PAGES";

/** Of one connection, and not of what passes over it (RFC 9110, section 7.6.1). */
const OF_CONNECTION = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Connections to a process of ours stay open: it closes none by itself. */
const connections = new Agent({ keepAlive: true, maxFreeSockets: 64 });

/** Where a request is passed on to. */
export interface Process {
  port: number;
  token: string;
}

/**
 * Passes a request on, and its answer back as it comes. Whoever goes away first takes the other side along.
 *
 * @param unreachable answers the client, when nothing has been answered yet
 */
export function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { port, token }: Process,
  unreachable: () => void,
): void {
  const asked = ask({
    host: "127.0.0.1",
    port,
    agent: connections,
    method: request.method,
    path: request.url,
    headers: { ...passing(request.headers), [TOKEN_HEADER]: token },
    setHost: false,
  });
  asked.on("response", (answer) => {
    for (const [name, value] of Object.entries(passing(answer.headers))) response.setHeader(name, value);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage);
    response.flushHeaders();
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  asked.on("error", () => {
    if (response.headersSent || response.destroyed) response.destroy();
    else unreachable();
  });
  response.once("close", () => {
    if (!response.writableFinished) asked.destroy();
  });
  if (hasBody(request)) request.pipe(asked);
  else asked.end();
}

function hasBody({ headers }: IncomingMessage): boolean {
  return "transfer-encoding" in headers || Number(headers["content-length"] ?? 0) > 0;
}

/** The headers that go on, those of one name together as they came. */
function passing(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const own = new Set([...OF_CONNECTION, ...namedBy(headers.connection)]);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || own.has(name) ? [] : [[name, value]],
    ),
  );
}

/** What `Connection` names belongs to it. */
function namedBy(connection = ""): string[] {
  return connection.split(",").map((name) => name.trim().toLowerCase());
}
