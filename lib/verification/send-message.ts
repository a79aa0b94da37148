/**
 * Sends a message whose row is written, and tells how that went.
 */
import { now } from "../clock";
import { recordStatus } from "../delivery/record-status";
import { recordNoAnswer, recordRefusal } from "../delivery/record-unsent";
import type { Refusal } from "../errors";
import { log } from "../log";
import { codeBody } from "../messaging/body";
import { sendTrackedMessage } from "../messaging/send";
import { getVerification, type MessageView, type VerificationView } from "./view";

/** A message and its verification. */
export interface Sent {
  verification: VerificationView;
  message: MessageView;
}

/** A message that Twilio refused (`twilioCode` says why, null when it could not be reached), or whose answer was lost. */
export interface SendFault extends Refusal, Sent {
  problem: "send_failed" | "send_unknown";
  twilioCode: number | null;
}

export interface MessageToSend {
  messageId: string;
  /** E.164. */
  to: string;
  code: string;
  attempt: number;
  expiresAt: Date;
}

/** Sends a code and records what Twilio said, if it said anything. */
export async function sendMessage({ messageId, to, code, attempt, expiresAt }: MessageToSend): Promise<void> {
  const validitySeconds = (expiresAt.getTime() - now().getTime()) / 1000;
  const body = codeBody(code, validitySeconds);
  const result = await sendTrackedMessage({ messageId, to, body, attempt, validitySeconds });
  switch (result.outcome) {
    case "accepted":
      await recordStatus({ messageId, sid: result.sid, status: result.status, errorCode: null, at: now() });
      log().info({ messageId, sid: result.sid, status: result.status }, "message accepted");
      break;
    case "refused":
      await recordRefusal(messageId, result.errorCode, now());
      log().warn({ messageId, errorCode: result.errorCode, error: result.error }, "message refused");
      break;
    case "unknown":
      await recordNoAnswer(messageId, now());
      log().warn({ messageId, error: result.error }, "message sent without an answer");
      break;
  }
}

/**
 * How the sending of a verification's message stands, read from its row: the same whether asked by the request that
 * sent it or by a repeat of that request.
 *
 * @param attempt which of its messages, from 1
 * @throws {Error} when there is no such verification or message
 */
export async function sendOutcome(verificationId: string, attempt = 1): Promise<Sent | SendFault | Refusal> {
  const verification = await getVerification(verificationId);
  const message = verification?.messages.find((candidate) => candidate.attempt === attempt);
  if (!verification || !message) throw new Error(`verification ${verificationId} has no message ${attempt}`);
  if (message.sid) return { verification, message };
  switch (message.status) {
    case "refused":
      return {
        problem: "send_failed",
        twilioCode: message.errorCode,
        verification,
        message,
        detail: "The message was refused and will not be sent.",
      };
    case "requested":
      return { problem: "request_in_flight", retryAfter: 1 };
    default:
      return {
        problem: "send_unknown",
        twilioCode: null,
        verification,
        message,
        detail: "Twilio's answer was lost. Do not send again: the code may arrive, and works if it does.",
      };
  }
}
