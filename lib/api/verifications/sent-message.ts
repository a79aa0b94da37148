/**
 * A sent message as the API's programs see it.
 */
import type { z } from "zod";
import { refusal } from "../../errors";
import { refuse } from "../../http/problem";
import type { Requested, Sending } from "../../verification/send-message";
import type { SentMessageBody } from "./bodies";

/** The body of a 201, and the `verification` of a send that failed. */
export function sentMessageBody({ verification, message }: Requested): z.output<typeof SentMessageBody> {
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

/** What is on its way. Anything else is answered with its problem; one that left a verification behind names it. */
export function sentOrRefuse(sending: Sending): Requested {
  switch (sending.outcome) {
    case "sent":
      return sending;
    case "failed": {
      const detail = "The message was refused and will not be sent.";
      const { twilioCode } = sending;
      return refuse(refusal("send_failed", { detail }), {
        twilioCode,
        verification: sentMessageBody(sending),
      });
    }
    case "unknown": {
      const detail =
        "Twilio's answer was lost. Do not send again: the message may arrive, and works if it does.";
      return refuse(refusal("send_unknown", { detail }), {
        twilioCode: null,
        verification: sentMessageBody(sending),
      });
    }
    case "refused":
      return refuse(sending);
  }
}
