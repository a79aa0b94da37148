/**
 * The cookie a browser has before anyone is signed in. A verification is bound to it from the first form on, so that a
 * form that another site posts, or a verification id that someone planted, signs nobody in.
 */
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { browserHash } from "@/lib/account/session";
import { env } from "@/lib/env";

/** With the prefix, browsers take it over https only and from this host only, so that no neighbour plants one. */
export function browserCookie(): string {
  return isSecure() ? "__Host-otp_browser" : "otp_browser";
}

function isSecure(): boolean {
  return env().PUBLIC_BASE_URL.startsWith("https:");
}

export function browserCookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: isSecure(), path: "/", maxAge: 86_400 } as const;
}

export function newBrowserCookie(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether a value looks like one of ours. */
export function isBrowserCookie(value: string | undefined): value is string {
  return value !== undefined && /^[\w-]{43}$/.test(value);
}

/** What this browser's verifications are bound to; null when it sent no cookie, so that it has not seen our form. */
export async function currentBrowser(): Promise<Uint8Array<ArrayBuffer> | null> {
  const cookie = (await cookies()).get(browserCookie())?.value;
  return isBrowserCookie(cookie) ? browserHash(cookie) : null;
}

/** A browser that has signed in, or out, begins anew: what was bound to it before, or planted in it, is worth nothing. */
export async function renewBrowser(): Promise<void> {
  (await cookies()).set(browserCookie(), newBrowserCookie(), browserCookieOptions());
}
