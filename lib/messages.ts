/**
 * Messages as they are kept, each with its feedback, and how one stands. Read here alone: a verification and the log say the same of it.
 */
import { secondsAfter } from "./clock";
import { db, sql, type Sql } from "./db";
import type { TrackedAction } from "./terms/actions";
import type { Channel } from "./terms/channels";
import { SEND_SECONDS } from "./terms/limits";
import {
  MESSAGE_STATUSES,
  type FeedbackState,
  type MessageOutcome,
  type MessageStatus,
} from "./terms/statuses";

export interface KeptMessage {
  id: string;
  verificationId: string;
  /** Null when it was refused, or its answer has not come. */
  sid: string | null;
  country: string;
  network: string | null;
  block: string;
  action: TrackedAction;
  /** The number, name or Messaging Service it was sent from. */
  sender: string;
  channel: Channel;
  /** The number that Twilio sent it from, where that is another. */
  sentFrom: string | null;
  /** The language it is written in; null where that was not kept. */
  locale: string | null;
  /** Which message of its verification it is, from 1. */
  ordinal: number;
  status: MessageStatus | null;
  errorCode: number | null;
  requestedAt: Date;
  acceptedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  refusedAt: Date | null;
  unansweredAt: Date | null;
  confirmedAt: Date | null;
  /** Whether its secret came after expiry. */
  late: boolean;
  /** As Twilio writes it: a decimal, negative for what we pay. */
  price: string | null;
  priceUnit: string | null;
  segments: number | null;
  /** Null while there is nothing to tell Twilio. */
  feedback: MessageFeedback | null;
}

/** What Twilio was told of a confirmed message. */
export interface MessageFeedback {
  state: FeedbackState;
  tries: number;
  /** Why the last try failed; null when none did. */
  error: string | null;
  reportedAt: Date | null;
}

/** A message as a row. */
export type StoredMessage = Omit<KeptMessage, "feedback"> & {
  hasFeedback: boolean;
  reportedAt: Date | null;
  feedbackRefusedAt: Date | null;
  tries: number | null;
  feedbackError: string | null;
};

interface Selection {
  limit: number;
  /** What is looked through in place of all messages: a query in brackets, of their columns. */
  among?: Sql;
  /** What a query is read by: reports have connections of their own. */
  rowsOf?: (query: Sql) => Promise<StoredMessage[]>;
}

/**
 * Messages, newest first.
 *
 * @param condition on `m`, the message, and `v`, its verification
 */
export async function selectMessages(
  condition: Sql,
  { limit, among = sql`message`, rowsOf = (query) => db().$queryRaw<StoredMessage[]>(query) }: Selection,
): Promise<KeptMessage[]> {
  const rows = await rowsOf(sql`
    select m.id, m.verification_id as "verificationId", m.sid,
      m.country, m.network, m.block, m.action::text as action, m.sender, m.channel::text as channel,
      m.sent_from as "sentFrom", m.locale, m.attempt as ordinal, m.status::text as status,
      m.error_code as "errorCode", m.requested_at as "requestedAt", m.accepted_at as "acceptedAt", m.sent_at as "sentAt",
      m.delivered_at as "deliveredAt", m.failed_at as "failedAt", m.refused_at as "refusedAt",
      m.unanswered_at as "unansweredAt", m.confirmed_at as "confirmedAt", m.late,
      trim_scale(m.price)::text as price, m.price_unit as "priceUnit", m.segments,
      f.message_id is not null as "hasFeedback", f.reported_at as "reportedAt", f.refused_at as "feedbackRefusedAt",
      f.tries, f.error as "feedbackError"
    from ${among} m join verification v on v.id = m.verification_id left join feedback f on f.message_id = m.id
    where ${condition}
    order by m.requested_at desc, m.id desc
    limit ${limit}::int`);
  return rows.map(
    ({ hasFeedback, reportedAt, feedbackRefusedAt, tries, feedbackError, ...row }): KeptMessage => ({
      ...row,
      feedback: hasFeedback
        ? {
            state: reportedAt ? "reported" : feedbackRefusedAt ? "refused" : tries ? "retrying" : "pending",
            reportedAt,
            tries: tries ?? 0,
            error: feedbackError,
          }
        : null,
    }),
  );
}

/** How a message without a SID stands: `requested` while the call to Twilio runs, `unknown` when its answer was lost. */
export function statusWithoutSid(
  message: Pick<KeptMessage, "requestedAt" | "refusedAt" | "unansweredAt">,
  at: Date,
): "requested" | "refused" | "unknown" {
  if (message.refusedAt) return "refused";
  const beingSent = !message.unansweredAt && at < secondsAfter(message.requestedAt, SEND_SECONDS);
  return beingSent ? "requested" : "unknown";
}

/** What became of a message, in one word. */
export function outcomeOf(
  message: Pick<KeptMessage, "sid" | "refusedAt" | "confirmedAt" | "late" | "status">,
): MessageOutcome {
  if (message.sid === null) return message.refusedAt ? "refused" : "unknown";
  if (message.confirmedAt) return message.late ? "late" : "confirmed";
  return message.status === null ? "in_flight" : OUTCOMES_BY_GROUP[MESSAGE_STATUSES[message.status].group];
}

const OUTCOMES_BY_GROUP = {
  statusOk: "delivered",
  errors: "error",
  inFlight: "in_flight",
  canceled: "canceled",
} as const satisfies Record<(typeof MESSAGE_STATUSES)[MessageStatus]["group"], MessageOutcome>;
