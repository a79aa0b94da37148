/**
 * The sign-in a browser is in the middle of: the id of its verification, in a cookie that scripts cannot read and other
 * sites cannot make the browser post with. The id is a capability, so it is in no URL and on no page.
 */
import { validate } from "uuid";
import { env } from "@/lib/env";
import { getVerification, type Verification } from "@/lib/verification/verification";
import { currentBrowser } from "./browser";
import { ownCookie } from "./own-cookie";
import { currentViewer } from "./session";
import { ACTIONS } from "@/lib/terms/actions";
import { HOUR_SECONDS } from "@/lib/terms/durations";

const SIGN_IN_COOKIE = ownCookie({ name: "otp_login" });

/** Beyond the code's lifetime, so that whoever comes back late is told that it expired. */
const KEPT_SECONDS = HOUR_SECONDS;

/**
 * The verification this browser started on the login page and has not signed in with yet; null when there is none. One of another
 * kind is none: a reset's would tell whether its number has a password.
 */
export async function currentVerification(): Promise<Verification | null> {
  const [id, browser] = await Promise.all([verificationId(), currentBrowser()]);
  const verification = id && browser ? await getVerification(id, { browser }) : null;
  return verification && ACTIONS[verification.action].offeredAtSignIn ? verification : null;
}

/** The verification of the number that is signed in here, by which that happened; null when there is none. */
export async function finishedVerification(): Promise<Verification | null> {
  const [id, viewer] = await Promise.all([verificationId(), currentViewer()]);
  const verification = id && viewer ? await getVerification(id) : null;
  return verification?.to === viewer?.number ? verification : null;
}

/** Whether this browser is in the middle of that sign-in, or has just finished it. */
export async function waitsFor(id: string): Promise<boolean> {
  return (await verificationId()) === id;
}

async function verificationId(): Promise<string | null> {
  const id = await SIGN_IN_COOKIE.read();
  return id && validate(id) ? id : null;
}

export async function rememberVerification(id: string): Promise<void> {
  await SIGN_IN_COOKIE.write(id, { maxAge: env().CODE_TTL_SECONDS + KEPT_SECONDS });
}

export const forgetVerification = SIGN_IN_COOKIE.forget;
