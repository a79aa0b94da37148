/**
 * Who asks for a message or tries a secret, as far as limits count.
 *
 * A browser that has signed in to a number before is **known** to it, and has budgets of its own there. Everybody else is an **unknown
 * asker**: an address, and where it is a browser that browser too. A cookie is free to throw away, so an unknown browser counts
 * beside its address, not in its place.
 */
import { canonicalAddress } from "../client-address";
import { sql, type Sql } from "../db";

export interface Asker {
  /** The end user's address; without it no limit by address applies. */
  clientAddress?: string;
  /** HMAC of the cookie that a browser has from its first form on. */
  browser?: Uint8Array<ArrayBuffer>;
  /** HMAC of the cookie by which a browser is known beyond its sessions; which numbers know it stands in `known_browser`. */
  knownBrowser?: Uint8Array<ArrayBuffer>;
  /** HMAC of the id that a program gave of its user's device, which stands for both: it is known where it was approved before. */
  device?: Uint8Array<ArrayBuffer>;
}

/** The columns `address`, `browser` and `known` of an asker, for a query's list. */
export function askerColumns({ clientAddress, device, browser = device, knownBrowser = device }: Asker): Sql {
  const address = clientAddress === undefined ? null : addressSubject(clientAddress);
  const browserKey = browser ? Buffer.from(browser).toString("hex") : null;
  return sql`${address}::text as address, ${browserKey}::text as browser, ${knownBrowser ?? null}::bytea as known`;
}

/** The subject an address is limited by: itself, or its /64 in IPv6, which is what one subscriber is given. */
export function addressSubject(address: string): string {
  const canonical = canonicalAddress(address) ?? address;
  if (!canonical.includes(":")) return canonical;
  const [head = "", tail] = canonical.split("::");
  const front = head.split(":").filter(Boolean);
  const back = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(8 - front.length - back.length).fill("0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
