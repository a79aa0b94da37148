/**
 * The session of a signed-in browser, in a cookie that scripts cannot read and other sites cannot make the browser send
 * with a post.
 */
import { cache } from "react";
import { headers } from "next/headers";
import {
  endSession,
  findViewer,
  openSession,
  openSessionOf,
  SESSION_COOKIE_NAME,
  type OpenedSession,
  type Viewer,
} from "@/lib/account/session";
import { SESSION_LIMITS } from "@/lib/account/session-limits";
import { currentBrowser, renewBrowser } from "./browser";
import { browserToKnow } from "./known-browser";
import { ownCookie } from "./own-cookie";

const SESSION_COOKIE = ownCookie({ name: SESSION_COOKIE_NAME });

/** Who is signed in here; null for nobody. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const token = await SESSION_COOKIE.read();
  return token ? findViewer(token, true, await hasCome(token)) : null;
});

/** The same for a page that looks for news by itself, which is no use of a session. */
export async function viewerWhoWaits(): Promise<Viewer | null> {
  const token = await SESSION_COOKIE.read();
  return token ? findViewer(token, false, await hasCome(token)) : null;
}

/** Whether the browser sent that token: one that this answer sets is read back while the page is drawn, and may never arrive. */
async function hasCome(token: string): Promise<boolean> {
  return (await headers()).get("cookie")?.includes(token) ?? false;
}

/**
 * Signs this browser in with a verification it started, once that is approved. Only in form actions and route handlers, which
 * may set cookies.
 *
 * @param askedAt when the form came, before anything was done about it: see `openSession`
 * @returns whether it is signed in now
 */
export async function signIn(verificationId: string, askedAt: Date): Promise<boolean> {
  const browser = await currentBrowser();
  const known = await browserToKnow();
  const session =
    browser && (await openSession(verificationId, browser, await userAgent(), known.hash, askedAt));
  if (!session) return false;
  await known.keep();
  await remember(session);
  return true;
}

/** Signs this browser in to an account whose password was right. */
export async function signInWithPassword(accountId: string): Promise<void> {
  const known = await browserToKnow();
  await remember(await openSessionOf(accountId, await userAgent(), known.hash));
  await known.keep();
}

/** Goes on with the same session under another token. */
export async function renewSession(token: string): Promise<void> {
  await SESSION_COOKIE.write(token, { maxAge: SESSION_LIMITS.other.absolute });
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  const viewer = await currentViewer();
  if (viewer) await endSession(viewer.accountId, viewer.sessionId);
  await SESSION_COOKIE.forget();
  await renewBrowser();
}

/** The session that was there before ends: a sign-in never goes on with one that someone may have planted. */
async function remember({ token, expiresAt }: OpenedSession): Promise<void> {
  const before = await currentViewer();
  if (before) await endSession(before.accountId, before.sessionId);
  await SESSION_COOKIE.write(token, { expires: expiresAt });
  await renewBrowser();
}

async function userAgent(): Promise<string | null> {
  return (await headers()).get("user-agent");
}
