/**
 * Sends a message whose row is written, and tells how that went.
 */
import { now } from "../clock";
import { isUnavailable } from "../database-faults";
import { recordStatus } from "../delivery/record-status";
import { recordNoAnswer, recordRefusal } from "../delivery/record-unsent";
import type { Refusal } from "../errors";
import { log } from "../log";
import { messageBody } from "../messaging/body";
import { sendTrackedMessage, type SendingBy, type SendResult } from "../messaging/send";
import type { VerificationMessage, VerificationSummary } from "./verification";

/** A verification with the message that was asked for, as far as whoever asked is told. */
export interface Requested {
  verification: VerificationSummary;
  message: Pick<VerificationMessage, "id" | "sid">;
}

/**
 * How it went to have a message sent.
 *
 * - `sent`: it is on its way.
 * - `failed`: Twilio did not take it; `twilioCode` says why, null when Twilio could not be reached.
 * - `unknown`: Twilio's answer was lost. The message may arrive, and works if it does.
 * - `refused`: by a rule of ours. Nothing was written, and nothing sent.
 */
export type Sending =
  | ({ outcome: "sent" } & Requested)
  | ({ outcome: "failed"; twilioCode: number | null } & Requested)
  | ({ outcome: "unknown" } & Requested)
  | Refusal;

export interface MessageToSend {
  /** As it stood when the message's row was written. */
  verification: VerificationSummary;
  messageId: string;
  /** Which message of the verification it is, from 1. */
  ordinal: number;
  /** In clear. */
  secret: string;
  /** BCP 47, where the caller said. */
  locale: string | null;
  requestedAt: Date;
  /** What its row says it is sent by. */
  by: SendingBy;
}

/**
 * Sends a message, records what Twilio said, and tells how that went, by what is known without reading it back.
 *
 * A lost answer is `unknown` here even if a callback has brought the SID by now: what a caller is told of one kind of failure does
 * not depend on a race. A repeat of the request is told the SID.
 *
 * So is a database that is lost after the send: the message may be on its way, and its SID comes back by itself.
 */
export async function sendMessage(message: MessageToSend): Promise<Sending> {
  const { verification, messageId, ordinal, secret, requestedAt, by } = message;
  const { to, expiresAt } = verification;
  const secondsFrom = (moment: Date) => (expiresAt.getTime() - moment.getTime()) / 1000;
  const validitySeconds = secondsFrom(now());
  // Writing the row has taken a moment, which must not make nine minutes of ten.
  const body = messageBody({ ...verification, ...message, secondsLeft: secondsFrom(requestedAt) });
  const result = await sendTrackedMessage({ messageId, to, body, secret, by, ordinal, validitySeconds });
  try {
    return await record(message, result);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log().error({ messageId, outcome: result.outcome, err: error }, "send not recorded");
    const requested = { verification, message: { id: messageId, sid: null } };
    return result.outcome === "refused"
      ? { outcome: "failed", twilioCode: result.errorCode, ...requested }
      : { outcome: "unknown", ...requested };
  }
}

async function record({ verification, messageId }: MessageToSend, result: SendResult): Promise<Sending> {
  const requested = (sid: string | null) => ({ verification, message: { id: messageId, sid } });
  switch (result.outcome) {
    case "accepted":
      await recordStatus({ messageId, sid: result.sid, status: result.status, errorCode: null, at: now() });
      log().info({ messageId, sid: result.sid, status: result.status }, "message accepted");
      return { outcome: "sent", ...requested(result.sid) };
    case "refused": {
      const sid = await recordRefusal(messageId, result.errorCode, now());
      log().warn({ messageId, errorCode: result.errorCode, error: result.error }, "message refused");
      if (sid !== null) return { outcome: "sent", ...requested(sid) };
      return { outcome: "failed", twilioCode: result.errorCode, ...requested(null) };
    }
    case "unknown":
      await recordNoAnswer(messageId, now());
      log().warn({ messageId, error: result.error }, "message sent without an answer");
      return { outcome: "unknown", ...requested(null) };
  }
}
