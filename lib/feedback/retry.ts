/**
 * Feedback that people have tried again: what Twilio refused for good, or what waits for its next try. What Twilio has is left
 * alone. One more try is all it is: what comes of it is decided as always.
 */
import { now } from "../clock";
import { db, empty, sql } from "../db";
import { messageFilters, type Filters } from "../insights/asking/filters";
import type { Range } from "../insights/asking/range";

/** One message's. @returns of how many messages: 1, or 0 when there is nothing to try. */
export async function retryFeedback(messageId: string): Promise<number> {
  return db().$executeRaw`
    update feedback set due_at = ${now()}::timestamptz, refused_at = null
    where message_id = ${messageId}::uuid and reported_at is null`;
}

/**
 * All that Twilio refused, of the messages of a report.
 *
 * @param error the reason, when it is to be of one only
 */
export async function retryRefused(range: Range, filters: Filters, error?: string): Promise<number> {
  return db().$executeRaw`
    update feedback f set due_at = ${now()}::timestamptz, refused_at = null
    from message m
    where m.id = f.message_id and f.reported_at is null and f.refused_at is not null
      and m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz
      ${messageFilters(filters, "m")} ${error === undefined ? empty : sql`and coalesce(f.error, '') = ${error}`}`;
}

/** All that waits for its next try. */
export async function retryWaiting(): Promise<number> {
  return db().$executeRaw`
    update feedback set due_at = ${now()}::timestamptz
    where reported_at is null and refused_at is null and due_at > ${now()}::timestamptz`;
}
