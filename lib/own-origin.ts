/** What follows from where we are served: PUBLIC_BASE_URL says it, and not what a client or a proxy wrote into `Host`. */
import { env, isLoopback, LOOPBACK_HOSTS } from "./env";

/** Whether people reach us over https, so that our cookies need travel over nothing else. */
export function isHttps(): boolean {
  return env().PUBLIC_BASE_URL.startsWith("https:");
}

/**
 * A cookie's name with the prefix `__Host-` where there is https: browsers then take it over https only, from this host only,
 * and for all paths, so that no neighbour plants one.
 */
export function hostCookieName(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}

/** The origins that our own pages have, the public one first: on this machine it has several names. */
function ownOrigins(): [URL, ...URL[]] {
  const own = new URL(env().PUBLIC_BASE_URL);
  if (!isLoopback(own.hostname)) return [own];
  return [own, ...[...LOOPBACK_HOSTS].map((name) => Object.assign(new URL(own), { hostname: name }))];
}

/** The host, with its port, to go by: the one that was asked for where it is ours, and else the public one. */
export function ownHost(asked: string | undefined): string {
  const origins = ownOrigins();
  return (origins.find(({ host }) => host === asked) ?? origins[0]).host;
}

/** The host of the page of ours whose origin this is; undefined when it is another's. */
export function hostOfOrigin(origin: string): string | undefined {
  return ownOrigins().find((own) => own.origin === origin)?.host;
}

/**
 * Whether a `Host` names this machine, or us, at whatever port. A page elsewhere whose name was made to point to this machine, to read
 * what only this machine may, names its own.
 */
export function isLocalHost(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || hostname === ownOrigins()[0].hostname;
}
