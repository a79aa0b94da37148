/** WebOTP: the browser of the phone that got the message offers to fill its code in (WICG). */

interface CredentialsWithOtp {
  get(options: { otp: { transport: string[] }; signal: AbortSignal }): Promise<{ code?: string } | null>;
}

/**
 * Waits for the message's code where the browser can.
 *
 * @returns null where it cannot, or the person has declined
 */
export async function codeFromMessage(signal: AbortSignal): Promise<string | null> {
  if (!("OTPCredential" in window) || !window.isSecureContext) return null;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript does not know what only some browsers have
    const credentials = navigator.credentials as unknown as CredentialsWithOtp;
    return (await credentials.get({ otp: { transport: ["sms"] }, signal }))?.code ?? null;
  } catch {
    // Aborted, declined, or no phone is near: the person types.
    return null;
  }
}
