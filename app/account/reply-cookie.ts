/** The reply a signed-in browser waits for: the id of its verification, in a cookie that only the account's page is sent. */
import { cookies } from "next/headers";
import { validate } from "uuid";
import type { Viewer } from "@/lib/account/session";
import { env } from "@/lib/env";
import { getVerification, type VerificationView } from "@/lib/verification/view";

const COOKIE = "otp_reply";

/** The verification by reply that was asked for here, of one's own number only. */
export async function currentReply(viewer: Viewer): Promise<VerificationView | null> {
  const id = (await cookies()).get(COOKIE)?.value;
  const verification = id && validate(id) ? await getVerification(id) : null;
  const own = verification?.to === viewer.number && verification.action === "reply";
  return own ? verification : null;
}

export async function rememberReply(id: string): Promise<void> {
  (await cookies()).set(COOKIE, id, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().PUBLIC_BASE_URL.startsWith("https:"),
    path: "/account",
    maxAge: 86_400,
  });
}
