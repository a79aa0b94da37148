/** What follows from where we are served. */
import { env } from "./env";

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
