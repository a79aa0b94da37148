/** A request as bytes, and its answer: for what no client library would send. */
import { connect } from "node:net";
import { once } from "node:events";

export interface RawRequest {
  method: string;
  /** Path and query, sent as they are. */
  target: string;
  /** Sent as they are, one line each; `Host`, `Connection` and `Content-Length` are added. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
}

export interface RawAnswer {
  status: number;
  /** By lower-case name; the values of one that came several times. */
  headers: Map<string, string[]>;
  body: Buffer;
  /** From the first byte sent to the last one received. */
  ms: number;
}

/** How long an answer is waited for before it counts as none. */
const PATIENCE_MS = 20_000;

/**
 * Sends a request over a connection of its own.
 *
 * @returns null when the server closed without an answer, or did not answer at all.
 */
export async function exchange(port: number, request: RawRequest): Promise<RawAnswer | null> {
  const start = performance.now();
  const socket = connect({ port, host: "127.0.0.1" });
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  // A server may refuse a body and close before it has all of it: what it answered counts.
  socket.on("error", () => socket.destroy());
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.write(asBytes(port, request));
  await once(socket, "close");
  return readAnswer(Buffer.concat(received), performance.now() - start);
}

/** The bytes of a request. Text is Latin-1, as Node reads headers: one character, one byte. */
function asBytes(port: number, { method, target, headers, body }: RawRequest): Buffer {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(headers.some(([name]) => name.toLowerCase() === "host") ? [] : [`Host: 127.0.0.1:${port}`]),
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body.length > 0 ? [`Content-Length: ${body.length}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

function readAnswer(bytes: Buffer, ms: number): RawAnswer | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const rest = bytes.subarray(end + 4);
  // A hint, or the consent to send a body: the answer comes after it.
  if (status < 200) return readAnswer(rest, ms);
  const isChunked = headers.get("transfer-encoding")?.includes("chunked") ?? false;
  return { status, headers, body: isChunked ? unchunked(rest) : rest, ms };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd < 0 ? NaN : parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
