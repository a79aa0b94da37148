/** The reset a browser is in the middle of, sealed: it says the same whether or not there is anything to reset. */
import { sealReset, unsealReset, type Reset } from "@/lib/account/reset";
import { now } from "@/lib/clock";
import { ownCookie } from "./own-cookie";
import { HOUR_SECONDS } from "@/lib/terms/durations";

const RESET_COOKIE = ownCookie({ name: "otp_reset" });

/** Beyond its lifetime, so that whoever comes back late is told that it expired. */
const KEPT_SECONDS = HOUR_SECONDS;

export async function currentReset(): Promise<Reset | null> {
  const sealed = await RESET_COOKIE.read();
  return sealed ? unsealReset(sealed) : null;
}

export async function rememberReset(reset: Reset): Promise<void> {
  const secondsLeft = Math.round((reset.expiresAt.getTime() - now().getTime()) / 1000);
  await RESET_COOKIE.write(sealReset(reset), { maxAge: Math.max(0, secondsLeft) + KEPT_SECONDS });
}

export const forgetReset = RESET_COOKIE.forget;
