/**
 * A request's headers before anything reads them: no longer than what is read in no time, and in the name of the origin we are served at.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "@/lib/client-address";
import { hostCookieName, ownHost } from "@/lib/own-origin";
import { OWN_COOKIES } from "@/lib/terms/cookies";

/**
 * Headers are looked through by Next, by its libraries and by us, some with regular expressions or lists whose time grows by the square of
 * what they read: 15 kB of User-Agent took a second. Nothing that people or programs use says more than this. What is longer is no
 * value of a kind that could be cut (an ETag, a range, an origin), and is left out; of what is a text or a list the beginning counts.
 */
const MOST_CHARACTERS = {
  "user-agent": { most: 512, cut: true },
  accept: { most: 1_024, cut: true },
  "accept-encoding": { most: 256, cut: true },
  "accept-language": { most: 1_024, cut: true },
  "cache-control": { most: 256, cut: false },
  "content-type": { most: 256, cut: false },
  "if-modified-since": { most: 64, cut: false },
  "if-none-match": { most: 256, cut: false },
  "next-url": { most: 2_048, cut: false },
  origin: { most: 512, cut: false },
  referer: { most: 4_096, cut: false },
  "x-request-id": { most: 64, cut: false },
} as const satisfies Record<string, { most: number; cut: boolean }>;

/** By these nothing of ours is to be asked for: no file is so long that a part of it is wanted. Next fails where they do not hold. */
const UNUSED = ["if-match", "if-range", "if-unmodified-since", "range"];

/** Leaves out what we have no use for, and cuts what a client says at length. */
export function shortenHeaders(headers: IncomingHttpHeaders): void {
  for (const name of UNUSED) Reflect.deleteProperty(headers, name);
  for (const [name, { most, cut }] of Object.entries(MOST_CHARACTERS)) {
    const value = headers[name];
    if (typeof value !== "string" || value.length <= most) continue;
    if (cut) headers[name] = value.slice(0, most);
    else Reflect.deleteProperty(headers, name);
  }
}

/**
 * Leaves out the cookies that are not ours. Next reads all of them, several times for a page; and what else the host's programs have set
 * is none of our business. Ours are a few names, in the form they have here, each once: a neighbour can plant any number of cookies,
 * and names of ours without the prefix, and must neither crowd ours out nor stand in for them.
 */
export function keepOwnCookies(headers: IncomingHttpHeaders): void {
  const { cookie } = headers;
  if (cookie === undefined) return;
  const names = new Set<string>(OWN_COOKIES.map(hostCookieName));
  const own = new Map<string, string>();
  for (const text of cookie.split(";")) {
    const pair = text.trim();
    const [name = ""] = pair.split("=", 1);
    // The last of a name, which Next takes, too: browsers send those of longer paths first, and ours have the shortest.
    if (names.has(name)) own.set(name, pair);
  }
  if (own.size > 0) headers.cookie = [...own.values()].join("; ");
  else delete headers.cookie;
}

/** What proxies, or clients in their name, say of the client's side of the connection. */
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Replaces what a request says about where it came from and where it was going by what we know: the client's address from the
 * connection, and our own origin from PUBLIC_BASE_URL. Next builds addresses from these, and compares a form's origin with them.
 */
export function setOwnAddresses(
  headers: IncomingHttpHeaders,
  socketAddress: string,
  trustedProxies: number,
): void {
  const forwardedFor = headers["x-forwarded-for"]?.toString();
  const address = clientAddress({ socketAddress, forwardedFor, trustedProxies });
  for (const name of PROXY_HEADERS) Reflect.deleteProperty(headers, name);
  headers[CLIENT_ADDRESS_HEADER] = address;
  headers.host = ownHost(headers.host);
}

/**
 * Has what came go along with what we made of it. Whoever makes a `Request` of Node's reads the headers as they were sent, in which a client may have
 * written an address of its own.
 */
export function settleRawHeaders(request: IncomingMessage): void {
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => [name, each]),
  );
}
