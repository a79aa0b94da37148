/**
 * The address a request came from, as limits count it.
 *
 * Our server (scripts/serve.ts) decides it from the connection and hands it to the app in a header of its own, which it
 * first deletes from the request: what a client sends under that name never arrives.
 */
import { isIP } from "node:net";

/** The header in which the server tells the app the client's address. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

interface Connection {
  /** The other end of the connection. */
  socketAddress: string;
  /** `X-Forwarded-For` as it came, several headers joined by commas. */
  forwardedFor: string | undefined;
  /** How many proxies stand in front of us, each of which appends the address it was called from. */
  trustedProxies: number;
}

/**
 * The client's address, in canonical form.
 *
 * With n trusted proxies the last n entries of X-Forwarded-For are theirs, and the first of those is the address the
 * outermost was called from. What stands left of it came with the request and is never looked at, so a client cannot
 * choose its address. With 0 the header is ignored. With fewer than n entries the request bypassed a proxy, and the
 * leftmost is the best there is: that is as trustworthy as the rule that only proxies can reach this server, which
 * TRUSTED_PROXIES ≥ 1 presupposes. Anything that is no address counts as the connection's own.
 */
export function clientAddress({ socketAddress, forwardedFor, trustedProxies }: Connection): string {
  const own = canonicalAddress(socketAddress) ?? socketAddress;
  if (trustedProxies === 0 || !forwardedFor) return own;
  const fromTheRight = forwardedFor.split(",").reverse();
  const entry = fromTheRight[Math.min(trustedProxies, fromTheRight.length) - 1] ?? "";
  return addressIn(entry) ?? own;
}

/**
 * The address in a text as proxies and frameworks hand one on, in canonical form: with a port, in brackets or quotes, with a zone.
 * Undefined when there is none.
 */
export function addressIn(text: string): string | undefined {
  const unquoted = /^"(.*)"$/.exec(text.trim())?.[1] ?? text.trim();
  return canonicalAddress(withoutPort(unquoted));
}

/** Some proxies append the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/.exec(entry) ?? [];
  return bracketed ?? plain ?? entry;
}

/** One spelling for each address, since limits compare texts; an IPv4 address mapped into IPv6 is the IPv4 address. */
export function canonicalAddress(address: string): string | undefined {
  const unzoned = address.split("%")[0] ?? "";
  if (isIP(unzoned) === 4) return unzoned;
  if (isIP(unzoned) !== 6) return undefined;
  const canonical = new URL(`http://[${unzoned}]`).hostname.slice(1, -1);
  return mappedIPv4(canonical) ?? canonical;
}

/**
 * As much of an address as may be shown to people: the network it is in, /24 or /48 in IPv6; null for what is no address.
 *
 * @returns for example `203.0.113.x`
 */
export function partialAddress(address: string | null): string | null {
  const canonical = canonicalAddress(address ?? "");
  if (!canonical) return null;
  if (!canonical.includes(":")) return `${canonical.split(".").slice(0, 3).join(".")}.x`;
  const [head = ""] = canonical.split("::");
  const groups = [...head.split(":").filter(Boolean), "0", "0", "0"];
  return `${groups.slice(0, 3).join(":")}:x`;
}

/** RFC 4291, section 2.5.5.2, in the form the URL parser writes it: `::ffff:c000:201`. */
function mappedIPv4(canonical: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (!high || !low) return undefined;
  const bits = [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  return bits.join(".");
}
