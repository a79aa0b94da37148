/** Which handset this browser holds: its number, in a cookie that only the demo phone is sent. */
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { parseRecipient, type Recipient } from "@/lib/verification/recipient";

const COOKIE = "otp_handset";

export async function readHandset(): Promise<Recipient | null> {
  const number = (await cookies()).get(COOKIE)?.value;
  const recipient = number && parseRecipient(number);
  return recipient && !("why" in recipient) ? recipient : null;
}

/** @param number E.164 */
export async function rememberHandset(number: string): Promise<void> {
  (await cookies()).set(COOKIE, number, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().PUBLIC_BASE_URL.startsWith("https:"),
    path: "/phone",
  });
}
