/**
 * Sends a message whose row is written, and tells how that went.
 */
import { now } from "../clock";
import { recordStatus } from "../delivery/record-status";
import { recordNoAnswer, recordRefusal } from "../delivery/record-unsent";
import type { Refusal } from "../errors";
import { log } from "../log";
import { messageBody, type MessageText } from "../messaging/body";
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

interface MessageToSend extends Omit<MessageText, "secondsLeft"> {
  verificationId: string;
  messageId: string;
  /** E.164. */
  to: string;
  attempt: number;
  expiresAt: Date;
}

/**
 * Sends a message, records what Twilio said, and tells how that went.
 *
 * A lost answer is a `send_unknown` here even if a callback has brought the SID by now: what a caller is told of one kind
 * of failure does not depend on a race. A repeat of the request is told the SID.
 */
export async function sendMessage(message: MessageToSend): Promise<Sent | SendFault | Refusal> {
  const { verificationId, messageId, to, attempt, expiresAt } = message;
  const validitySeconds = (expiresAt.getTime() - now().getTime()) / 1000;
  const body = messageBody({ ...message, secondsLeft: validitySeconds });
  const result = await sendTrackedMessage({ messageId, to, body, attempt, validitySeconds });
  switch (result.outcome) {
    case "accepted":
      await recordStatus({ messageId, sid: result.sid, status: result.status, errorCode: null, at: now() });
      log().info({ messageId, sid: result.sid, status: result.status }, "message accepted");
      return sendOutcome(verificationId, attempt);
    case "refused":
      await recordRefusal(messageId, result.errorCode, now());
      log().warn({ messageId, errorCode: result.errorCode, error: result.error }, "message refused");
      return sendOutcome(verificationId, attempt);
    case "unknown":
      await recordNoAnswer(messageId, now());
      log().warn({ messageId, error: result.error }, "message sent without an answer");
      return unanswered(await readMessage(verificationId, attempt));
  }
}

/**
 * How the sending of a verification's message stands, read from its row: what a repeat of the request that sent it is
 * told.
 *
 * @param attempt which of its messages, from 1
 * @throws {Error} when there is no such verification or message
 */
export async function sendOutcome(verificationId: string, attempt = 1): Promise<Sent | SendFault | Refusal> {
  const sent = await readMessage(verificationId, attempt);
  const { sid, status, errorCode } = sent.message;
  if (sid) return sent;
  if (status === "requested") return { problem: "request_in_flight", retryAfter: 1 };
  if (status !== "refused") return unanswered(sent);
  const detail = "The message was refused and will not be sent.";
  return { problem: "send_failed", twilioCode: errorCode, detail, ...sent };
}

async function readMessage(verificationId: string, attempt: number): Promise<Sent> {
  const verification = await getVerification(verificationId);
  const message = verification?.messages.find((candidate) => candidate.attempt === attempt);
  if (!verification || !message) throw new Error(`verification ${verificationId} has no message ${attempt}`);
  return { verification, message };
}

function unanswered(sent: Sent): SendFault {
  const detail = "Twilio's answer was lost. Do not send again: the message may arrive, and works if it does.";
  return { problem: "send_unknown", twilioCode: null, detail, ...sent };
}
