/**
 * A verification as the rest of the product sees it, with its messages; never a secret or its hash.
 */
import { db, empty, sql, type Sql } from "../db";
import { env } from "../env";
import { now, secondsAfter } from "../clock";
import type { MessageStatus } from "../terms/statuses";
import type { TrackedAction, VerificationStatus } from "@/prisma/generated/enums";
import { MAX_SENDS, MIN_SECONDS_FOR_RESEND, SEND_SECONDS } from "./rules";

/** Where the feedback of a confirmed message stands. */
export interface MessageFeedback {
  state: "pending" | "reported" | "refused";
  tries: number;
  /** Why the last try failed; null when none did. */
  error: string | null;
  reportedAt: Date | null;
}

export interface VerificationMessage {
  id: string;
  sid: string | null;
  /** Which message of its verification it is, from 1. */
  ordinal: number;
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
  feedback: MessageFeedback | null;
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
  const row = await findVerification(id, starter);
  return row && toVerification(row, now());
}

function findVerification(id: string, starter?: Starter) {
  return db().verification.findUnique({
    where: { id, ...starter, messages: { some: {} } },
    include: { messages: { include: { feedback: true }, orderBy: { ordinal: "asc" } } },
  });
}

type VerificationRow = NonNullable<Awaited<ReturnType<typeof findVerification>>>;
type MessageRow = VerificationRow["messages"][number];

function toVerification(row: VerificationRow, at: Date): Verification {
  const [first, ...others] = row.messages;
  if (!first) throw new Error(`verification ${row.id} has no message`);
  const { requestedAt } = others.at(-1) ?? first;
  return {
    ...summaryOf({ ...row, newestRequestedAt: requestedAt }, at),
    redirectUrl: row.redirectUrl,
    createdAt: row.createdAt,
    approvedAt: row.approvedAt,
    messages: [toMessage(first, at), ...others.map((message) => toMessage(message, at))],
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

function toMessage(row: MessageRow, at: Date): VerificationMessage {
  return {
    id: row.id,
    sid: row.sid,
    ordinal: row.ordinal,
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
    feedback: row.feedback && toFeedback(row.feedback),
  };
}

/** What is kept of a message that has no SID. */
interface UnsentRow {
  requestedAt: Date;
  refusedAt: Date | null;
  unansweredAt: Date | null;
}

/** How a message without a SID stands. */
export function statusWithoutSid(row: UnsentRow, at: Date): "requested" | "refused" | "unknown" {
  if (row.refusedAt) return "refused";
  const beingSent = !row.unansweredAt && at < secondsAfter(row.requestedAt, SEND_SECONDS);
  return beingSent ? "requested" : "unknown";
}

function toFeedback(row: NonNullable<MessageRow["feedback"]>): MessageFeedback {
  const state = row.reportedAt ? "reported" : row.refusedAt ? "refused" : "pending";
  return { state, tries: row.tries, error: row.error, reportedAt: row.reportedAt };
}
