/**
 * Sends a message whose row is written, and tells how that went.
 */
import { now } from "../clock";
import { isUnavailable } from "../db";
import { recordStatus } from "../delivery/record-status";
import { recordNoAnswer, recordRefusal } from "../delivery/record-unsent";
import { env } from "../env";
import type { Refusal } from "../errors";
import { log } from "../log";
import { messageBody, type MessageText } from "../messaging/body";
import { sendTrackedMessage, type SendResult } from "../messaging/send";
import { getVerification, type MessageView, type VerificationView } from "./view";

/** A message and its verification, as far as whoever asked for it is told. */
export interface Sent {
  verification: Pick<
    VerificationView,
    "id" | "status" | "action" | "to" | "country" | "expiresAt" | "resendAfter" | "checksLeft"
  >;
  message: Pick<MessageView, "id" | "sid">;
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
 *
 * So is a database that is lost after the send: the message may be on its way, and its SID comes back by itself.
 */
export async function sendMessage(message: MessageToSend): Promise<Sent | SendFault | Refusal> {
  const { messageId, to, attempt, expiresAt } = message;
  const validitySeconds = (expiresAt.getTime() - now().getTime()) / 1000;
  const body = messageBody({ ...message, secondsLeft: validitySeconds });
  const result = await sendTrackedMessage({ messageId, to, body, attempt, validitySeconds });
  try {
    return await record(message, result);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log().error({ messageId, outcome: result.outcome, err: error }, "send not recorded");
    return result.outcome === "refused"
      ? refused(fromMemory(message), result.errorCode)
      : unanswered(fromMemory(message));
  }
}

async function record(message: MessageToSend, result: SendResult): Promise<Sent | SendFault | Refusal> {
  const { verificationId, messageId, attempt } = message;
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

/** What is known without the database. */
function fromMemory({ verificationId, messageId, action, to, country, expiresAt }: MessageToSend): Sent {
  return {
    verification: {
      id: verificationId,
      status: "pending",
      action,
      to,
      country,
      expiresAt,
      resendAfter: null,
      checksLeft: env().MAX_CHECKS,
    },
    message: { id: messageId, sid: null },
  };
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
  return refused(sent, errorCode);
}

async function readMessage(verificationId: string, attempt: number) {
  const verification = await getVerification(verificationId);
  const message = verification?.messages.find((candidate) => candidate.attempt === attempt);
  if (!verification || !message) throw new Error(`verification ${verificationId} has no message ${attempt}`);
  return { verification, message };
}

function refused(sent: Sent, twilioCode: number | null): SendFault {
  const detail = "The message was refused and will not be sent.";
  return { problem: "send_failed", twilioCode, detail, ...sent };
}

function unanswered(sent: Sent): SendFault {
  const detail = "Twilio's answer was lost. Do not send again: the message may arrive, and works if it does.";
  return { problem: "send_unknown", twilioCode: null, detail, ...sent };
}
