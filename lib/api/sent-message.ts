/**
 * A sent message as the API's programs see it.
 */
import type { z } from "zod";
import type { Refusal } from "../errors";
import { refuse } from "../http";
import type { Sent, SendFault } from "../verification/send-message";
import type { SentMessageBody } from "./operations";

/** The body of a 201, and the `verification` of a send that failed. */
export function sentMessageBody({ verification, message }: Sent): z.output<typeof SentMessageBody> {
  const { id, status, action, to, country, expiresAt, resendAfter, checksLeft } = verification;
  return {
    id,
    status,
    action,
    to,
    country,
    messageId: message.id,
    messageSid: message.sid,
    expiresAt,
    resendAfter,
    checksLeft,
  };
}

/** Answers a send that did not work; one that left a verification behind names it. */
export function sendRefusal(refusal: Refusal | SendFault): never {
  if (!("verification" in refusal)) refuse(refusal);
  refuse(refusal, { twilioCode: refusal.twilioCode, verification: sentMessageBody(refusal) });
}
