/**
 * The cookie a browser has before anyone is signed in. A verification is bound to it from the first form on, so that a
 * form that another site posts, or a verification id that someone planted, signs nobody in.
 */
import { randomBytes } from "node:crypto";
import { browserHash } from "@/lib/account/session";
import { ownCookie } from "./own-cookie";
import { DAY_SECONDS } from "@/lib/terms/durations";

export const BROWSER_COOKIE = ownCookie({ name: "otp_browser", maxAge: DAY_SECONDS });

export function newBrowser(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether a cookie's value looks like one of ours. */
export function isBrowser(value: string | undefined): value is string {
  return value !== undefined && /^[\w-]{43}$/.test(value);
}

/** What this browser's verifications are bound to; null when it sent no cookie, so that it has not seen our form. */
export async function currentBrowser(): Promise<Uint8Array<ArrayBuffer> | null> {
  const value = await BROWSER_COOKIE.read();
  return isBrowser(value) ? browserHash(value) : null;
}

/** A browser that has signed in, or out, begins anew: what was bound to it before, or planted in it, is worth nothing. */
export async function renewBrowser(): Promise<void> {
  await BROWSER_COOKIE.write(newBrowser());
}
