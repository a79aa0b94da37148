/** The reply a signed-in browser waits for: the id of its verification, in a cookie that scripts cannot read. */
import { validate } from "uuid";
import type { Viewer } from "@/lib/account/session";
import { getVerification, type Verification } from "@/lib/verification/verification";
import { ownCookie } from "./own-cookie";
import { DAY_SECONDS } from "@/lib/terms/durations";

const REPLY_COOKIE = ownCookie({ name: "otp_reply", maxAge: DAY_SECONDS });

/** The verification by reply that was asked for here, of one's own number only. */
export async function currentReply(viewer: Viewer): Promise<Verification | null> {
  const id = await REPLY_COOKIE.read();
  const verification = id && validate(id) ? await getVerification(id) : null;
  const own = verification?.to === viewer.number && verification.action === "reply";
  return own ? verification : null;
}

/** @param id of the verification */
export async function rememberReply(id: string): Promise<void> {
  await REPLY_COOKIE.write(id);
}
