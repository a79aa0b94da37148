/** The reset a browser is in the middle of, sealed: it says the same whether or not there is anything to reset. */
import { cookies } from "next/headers";
import { sealReset, unsealReset, type Reset } from "@/lib/account/reset";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";

const COOKIE = "otp_reset";

/** Beyond its lifetime, so that whoever comes back late is told that it expired. */
const KEPT_SECONDS = 3_600;

export async function currentReset(): Promise<Reset | null> {
  const sealed = (await cookies()).get(COOKIE)?.value;
  return sealed ? unsealReset(sealed) : null;
}

export async function rememberReset(reset: Reset): Promise<void> {
  (await cookies()).set(COOKIE, sealReset(reset), {
    httpOnly: true,
    sameSite: "lax",
    secure: env().PUBLIC_BASE_URL.startsWith("https:"),
    path: "/login",
    maxAge: Math.max(0, Math.round((reset.expiresAt.getTime() - now().getTime()) / 1000)) + KEPT_SECONDS,
  });
}

export async function forgetReset(): Promise<void> {
  (await cookies()).delete({ name: COOKIE, path: "/login" });
}
