/**
 * A verification as the rest of the product sees it, with its messages; never a secret or its hash.
 */
import { db } from "../db";
import { env } from "../env";
import { now, secondsAfter } from "../clock";
import type { MessageStatus } from "../messaging/status";
import type { TrackedAction, VerificationStatus } from "@/prisma/generated/enums";
import { MAX_SENDS, MIN_SECONDS_FOR_RESEND, SEND_SECONDS } from "./rules";

/** Where the feedback of a confirmed message stands. */
export interface FeedbackView {
  state: "pending" | "reported" | "refused";
  tries: number;
  /** Why the last try failed; null when none did. */
  error: string | null;
  reportedAt: Date | null;
}

export interface MessageView {
  id: string;
  sid: string | null;
  attempt: number;
  /**
   * Twilio's delivery status, or, without a SID: `requested` while the call to Twilio runs, `refused` when Twilio did
   * not take the message, `unknown` when its answer was lost.
   */
  status: MessageStatus | "requested" | "refused" | "unknown";
  errorCode: number | null;
  requestedAt: Date;
  acceptedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  confirmedAt: Date | null;
  late: boolean;
  price: string | null;
  priceUnit: string | null;
  segments: number | null;
  /** Null while there is nothing to tell Twilio. */
  feedback: FeedbackView | null;
}

export interface VerificationView {
  id: string;
  status: VerificationStatus;
  action: TrackedAction;
  /** E.164. */
  to: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Where a confirmed link leads to; null for our own page. */
  redirectUrl: string | null;
  createdAt: Date;
  expiresAt: Date;
  approvedAt: Date | null;
  /** When the next message may be asked for; null when none will be sent any more. */
  resendAfter: Date | null;
  checksLeft: number;
  /** In the order they were sent; at least one. */
  messages: [MessageView, ...MessageView[]];
}

/**
 * Reads one verification; null when there is none with this id.
 *
 * @param browser where given, only a verification that this browser started is found
 */
export async function getVerification(
  id: string,
  browser?: Uint8Array<ArrayBuffer>,
): Promise<VerificationView | null> {
  const row = await findVerification(id, browser);
  return row && toView(row, now());
}

function findVerification(id: string, browser?: Uint8Array<ArrayBuffer>) {
  return db().verification.findUnique({
    where: { id, browser },
    include: { messages: { include: { feedback: true }, orderBy: { attempt: "asc" } } },
  });
}

type VerificationRow = NonNullable<Awaited<ReturnType<typeof findVerification>>>;
type MessageRow = VerificationRow["messages"][number];

function toView(row: VerificationRow, at: Date): VerificationView {
  const [first, ...others] = row.messages;
  if (!first) throw new Error(`verification ${row.id} has no message`);
  const status = row.status === "pending" && at >= row.expiresAt ? "expired" : row.status;
  return {
    id: row.id,
    status,
    action: row.action,
    to: row.to,
    country: row.country,
    redirectUrl: row.redirectUrl,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    approvedAt: row.approvedAt,
    resendAfter: resendAfter(row, others.at(-1) ?? first, status),
    checksLeft: Math.max(0, env().MAX_CHECKS - row.failedChecks),
    messages: [messageView(first, at), ...others.map((message) => messageView(message, at))],
  };
}

function resendAfter(row: VerificationRow, newest: MessageRow, status: VerificationStatus): Date | null {
  if (status !== "pending" || row.sends >= MAX_SENDS) return null;
  const moment = secondsAfter(newest.requestedAt, env().RESEND_AFTER_SECONDS);
  return moment > secondsAfter(row.expiresAt, -MIN_SECONDS_FOR_RESEND) ? null : moment;
}

function messageView(row: MessageRow, at: Date): MessageView {
  return {
    id: row.id,
    sid: row.sid,
    attempt: row.attempt,
    status: row.status ?? statusWithoutSid(row, at),
    errorCode: row.errorCode,
    requestedAt: row.requestedAt,
    acceptedAt: row.acceptedAt,
    sentAt: row.sentAt,
    deliveredAt: row.deliveredAt,
    failedAt: row.failedAt,
    confirmedAt: row.confirmedAt,
    late: row.late,
    price: row.price?.toString() ?? null,
    priceUnit: row.priceUnit,
    segments: row.segments,
    feedback: row.feedback && feedbackView(row.feedback),
  };
}

function statusWithoutSid(row: MessageRow, at: Date): "requested" | "refused" | "unknown" {
  if (row.refusedAt) return "refused";
  const beingSent = !row.unansweredAt && at < secondsAfter(row.requestedAt, SEND_SECONDS);
  return beingSent ? "requested" : "unknown";
}

function feedbackView(row: NonNullable<MessageRow["feedback"]>): FeedbackView {
  const state = row.reportedAt ? "reported" : row.refusedAt ? "refused" : "pending";
  return { state, tries: row.tries, error: row.error, reportedAt: row.reportedAt };
}
