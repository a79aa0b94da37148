/**
 * The cookie a browser has before anyone is signed in. A verification is bound to it from the first form on, so that a
 * form that another site posts, or a verification id that someone planted, signs nobody in.
 */
import { cookies } from "next/headers";
import { browserHash } from "@/lib/account/session";
import { env } from "@/lib/env";

export const BROWSER_COOKIE = "otp_browser";

export function browserCookieOptions() {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: env().PUBLIC_BASE_URL.startsWith("https:"),
    path: "/",
    maxAge: 86_400,
  } as const;
}

/** What this browser's verifications are bound to; null when it sent no cookie, so that it has not seen our form. */
export async function currentBrowser(): Promise<Uint8Array<ArrayBuffer> | null> {
  const cookie = (await cookies()).get(BROWSER_COOKIE)?.value;
  return cookie ? browserHash(cookie) : null;
}

/** Forgets the cookie: a browser that has signed in begins anew. */
export async function forgetBrowser(): Promise<void> {
  (await cookies()).delete({ name: BROWSER_COOKIE, path: "/" });
}
