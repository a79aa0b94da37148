/**
 * A verification as the API's programs see it.
 */
import type { z } from "zod";
import type { Verification } from "../../verification/verification";
import type { VerificationBody } from "./bodies";

export function verificationBody(verification: Verification): z.output<typeof VerificationBody> {
  const messages = verification.messages.map(({ ordinal, ...message }) => ({ ...message, attempt: ordinal }));
  return { ...verification, messages };
}
