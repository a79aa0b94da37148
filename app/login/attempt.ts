/**
 * The sign-in a browser is in the middle of: the id of its verification, in a cookie that scripts cannot read and other
 * sites cannot make the browser post with. The id is a capability, so it is in no URL and on no page.
 */
import { cookies } from "next/headers";
import { validate } from "uuid";
import { env } from "@/lib/env";
import { getVerification, type VerificationView } from "@/lib/verification/view";

const COOKIE = "otp_login";

/** Beyond the code's lifetime, so that whoever comes back late is told that it expired. */
const KEPT_SECONDS = 3_600;

/** The verification this browser started; null when there is none. */
export async function currentVerification(): Promise<VerificationView | null> {
  const id = (await cookies()).get(COOKIE)?.value;
  return id && validate(id) ? getVerification(id) : null;
}

export async function rememberVerification(id: string): Promise<void> {
  const { CODE_TTL_SECONDS, PUBLIC_BASE_URL } = env();
  (await cookies()).set(COOKIE, id, {
    httpOnly: true,
    sameSite: "lax",
    secure: PUBLIC_BASE_URL.startsWith("https:"),
    path: "/login",
    maxAge: CODE_TTL_SECONDS + KEPT_SECONDS,
  });
}

export async function forgetVerification(): Promise<void> {
  (await cookies()).delete({ name: COOKIE, path: "/login" });
}
