/**
 * A verification as the rest of the product sees it, with its messages; never a secret or its hash.
 */
import { db, empty, sql, type Sql } from "../db";
import { env } from "../env";
import { now, secondsAfter } from "../clock";
import { selectMessages, statusWithoutSid, type KeptMessage, type MessageFeedback } from "../messages";
import type { FeedbackState, MessageStatus } from "../terms/statuses";
import type { TrackedAction, VerificationStatus } from "@/prisma/generated/enums";
import { MAX_SENDS, MIN_SECONDS_FOR_RESEND } from "./rules";
import { isTestVerification } from "./test-ids";

/** A message as whoever started its verification sees it. */
export interface VerificationMessage extends Omit<
  KeptMessage,
  | "verificationId"
  | "country"
  | "network"
  | "block"
  | "action"
  | "sender"
  | "channel"
  | "sentFrom"
  | "locale"
  | "status"
  | "refusedAt"
  | "unansweredAt"
  | "feedback"
> {
  /**
   * Twilio's delivery status, or, without a SID: `requested` while the call to Twilio runs, `refused` when Twilio did
   * not take the message, `unknown` when its answer was lost.
   */
  status: MessageStatus | "requested" | "refused" | "unknown";
  /** Null while there is nothing to tell Twilio. */
  feedback: VerificationFeedback | null;
}

/** Where the feedback of a confirmed message stands; one that is tried again is pending. */
export interface VerificationFeedback extends Omit<MessageFeedback, "state"> {
  state: Exclude<FeedbackState, "retrying">;
}

/** A verification without its messages: what whoever has one sent is told. */
export interface VerificationSummary {
  id: string;
  status: VerificationStatus;
  action: TrackedAction;
  /** E.164. */
  to: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  expiresAt: Date;
  /** When the next message may be asked for; null when none will be sent any more. */
  resendAfter: Date | null;
  checksLeft: number;
}

export interface Verification extends VerificationSummary {
  /** Where a confirmed link leads to; null for our own page. */
  redirectUrl: string | null;
  createdAt: Date;
  approvedAt: Date | null;
  /** When the recipient of a link said that it was not them who asked. */
  deniedAt: Date | null;
  /** In the order they were sent; at least one. */
  messages: [VerificationMessage, ...VerificationMessage[]];
}

/** Who started a verification: a program, by the digest of its key, or a browser, by the HMAC of its cookie. */
export type Starter =
  | { apiKey: Uint8Array<ArrayBuffer>; browser?: undefined }
  | { browser: Uint8Array<ArrayBuffer>; apiKey?: undefined };

/** A query for the id of a verification; with a starter only where that started it, so that others find none. */
export function idOf(id: string, starter?: Starter): Sql {
  return sql`(
    select id from verification where id = ${id}::uuid
      ${starter?.apiKey ? sql`and api_key = ${starter.apiKey}::bytea` : empty}
      ${starter?.browser ? sql`and browser = ${starter.browser}::bytea` : empty})`;
}

/**
 * Reads one verification; null when there is none with this id that has a message.
 *
 * @param starter where given, only a verification that it started is found
 */
export async function getVerification(id: string, starter?: Starter): Promise<Verification | null> {
  const [row, messages] = await Promise.all([
    db().verification.findUnique({ where: { id, ...starter } }),
    selectMessages(sql`m.verification_id = ${idOf(id, starter)}`, { limit: MAX_SENDS }),
  ]);
  const at = now();
  // Not by the time they were asked for, which two in one millisecond share.
  const inOrder = messages.toSorted((a, b) => a.ordinal - b.ordinal);
  const [first, ...others] =
    row && isTestVerification(row.id) ? [testMessage(row)] : inOrder.map((message) => toMessage(message, at));
  if (!row || !first) return null;
  return {
    ...summaryOf({ ...row, newestRequestedAt: (others.at(-1) ?? first).requestedAt }, at),
    redirectUrl: row.redirectUrl,
    createdAt: row.createdAt,
    approvedAt: row.approvedAt,
    deniedAt: row.deniedAt,
    messages: [first, ...others],
  };
}

/** What a summary is made of: a verification's row, and when its newest message was asked for. */
export interface SummaryRow {
  id: string;
  status: VerificationStatus;
  action: TrackedAction;
  to: string;
  country: string;
  expiresAt: Date;
  failedChecks: number;
  sends: number;
  newestRequestedAt: Date;
}

export function summaryOf(row: SummaryRow, at: Date): VerificationSummary {
  const { id, action, to, country, expiresAt } = row;
  const status = row.status === "pending" && at >= expiresAt ? "expired" : row.status;
  const resendAfter = status === "pending" && row.sends < MAX_SENDS ? nextSend(row) : null;
  const checksLeft = Math.max(0, env().MAX_CHECKS - row.failedChecks);
  return { id, status, action, to, country, expiresAt, resendAfter, checksLeft };
}

function nextSend({ newestRequestedAt, expiresAt }: SummaryRow): Date | null {
  const moment = secondsAfter(newestRequestedAt, env().RESEND_AFTER_SECONDS);
  return moment > secondsAfter(expiresAt, -MIN_SECONDS_FOR_RESEND) ? null : moment;
}

function toMessage(kept: KeptMessage, at: Date): VerificationMessage {
  return {
    id: kept.id,
    sid: kept.sid,
    ordinal: kept.ordinal,
    status: kept.status ?? statusWithoutSid(kept, at),
    errorCode: kept.errorCode,
    requestedAt: kept.requestedAt,
    acceptedAt: kept.acceptedAt,
    sentAt: kept.sentAt,
    deliveredAt: kept.deliveredAt,
    failedAt: kept.failedAt,
    confirmedAt: kept.confirmedAt,
    late: kept.late,
    price: kept.price,
    priceUnit: kept.priceUnit,
    segments: kept.segments,
    feedback: kept.feedback && toFeedback(kept.feedback),
  };
}

/** What stands for the message that a test number never gets: delivered at once, and of no price. */
function testMessage(row: { id: string; createdAt: Date; approvedAt: Date | null }): VerificationMessage {
  const { id, createdAt, approvedAt } = row;
  return {
    id,
    sid: null,
    ordinal: 1,
    status: "delivered",
    errorCode: null,
    requestedAt: createdAt,
    acceptedAt: createdAt,
    sentAt: createdAt,
    deliveredAt: createdAt,
    failedAt: null,
    confirmedAt: approvedAt,
    late: false,
    price: null,
    priceUnit: null,
    segments: null,
    feedback: null,
  };
}

function toFeedback({ state, ...feedback }: MessageFeedback): VerificationFeedback {
  return { ...feedback, state: state === "retrying" ? "pending" : state };
}
