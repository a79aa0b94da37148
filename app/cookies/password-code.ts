/** The code that was texted to set a password: the id of its verification. */
import { validate } from "uuid";
import type { Viewer } from "@/lib/account/session";
import { HOUR_SECONDS } from "@/lib/terms/durations";
import { getVerification, type Verification } from "@/lib/verification/verification";
import { currentBrowser } from "./browser";
import { ownCookie } from "./own-cookie";

const PASSWORD_CODE_COOKIE = ownCookie({ name: "otp_password", maxAge: HOUR_SECONDS });

/** The verification that was asked for here, of one's own number only. */
export async function currentPasswordCode(viewer: Viewer): Promise<Verification | null> {
  const [id, browser] = await Promise.all([PASSWORD_CODE_COOKIE.read(), currentBrowser()]);
  const verification = id && validate(id) && browser ? await getVerification(id, { browser }) : null;
  const own = verification?.to === viewer.number && verification.action === "code";
  return own ? verification : null;
}

/** @param id of the verification */
export async function rememberPasswordCode(id: string): Promise<void> {
  await PASSWORD_CODE_COOKIE.write(id);
}
