/**
 * The cookie by which a browser is known to the numbers it has signed in to. It outlives sign-out and the renewal of the browser's
 * other cookie, since limits are to tell it from a stranger's; it is nothing to sign in with.
 */
import { knownBrowserHash } from "@/lib/account/session";
import { KNOWN_FOR_SECONDS } from "@/lib/protection/forget";
import { isBrowser, newBrowser } from "./browser";
import { ownCookie } from "./own-cookie";

const KNOWN_COOKIE = ownCookie({ name: "otp_known", maxAge: KNOWN_FOR_SECONDS });

/** What this browser may be known by; undefined when it has never signed in. */
export async function knownBrowser(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const value = await KNOWN_COOKIE.read();
  return isBrowser(value) ? knownBrowserHash(value) : undefined;
}

/** A browser about to sign in: what it will be known by, and `keep`, to be called once it has, which lets that last for a year more. */
export async function browserToKnow() {
  const before = await KNOWN_COOKIE.read();
  const value = isBrowser(before) ? before : newBrowser();
  return { hash: knownBrowserHash(value), keep: () => KNOWN_COOKIE.write(value) };
}
