/**
 * The feedback that is due, and what became of it: the statements of its table.
 *
 * Taking a row moves its `due_at` past the longest its call can take. That is the lease: a worker that dies in between gives
 * the row back by doing nothing. Feedback is so delivered at least once; Twilio keeps one outcome per message.
 */
import { secondsAfter } from "../clock";
import { db, prepared, sql } from "../db";

/** Longer than a call with its retries takes; a killed worker's feedback waits this long. */
const LEASE_SECONDS = 30;

export interface DueFeedback {
  messageId: string;
  messageSid: string;
  /** This try included. */
  tries: number;
}

/** Takes up to `limit` due rows, the longest due first, that no other worker has. A message without a SID waits for it. */
export async function takeDueFeedback(limit: number, now: Date): Promise<DueFeedback[]> {
  return db().$queryRaw<DueFeedback[]>(
    prepared(
      "take_feedback",
      sql`
    update feedback f
    set due_at = ${secondsAfter(now, LEASE_SECONDS)}::timestamptz, tries = f.tries + 1
    from (
      select f.message_id, m.sid
      from feedback f join message m on m.id = f.message_id
      where f.reported_at is null and f.refused_at is null and f.due_at <= ${now}::timestamptz
        and m.sid is not null
      order by f.due_at
      limit ${limit}::int
      for update of f skip locked
    ) due
    where f.message_id = due.message_id
    returning f.message_id as "messageId", due.sid as "messageSid", f.tries`,
    ),
  );
}

/** Twilio has it. */
export async function markReported(messageId: string, at: Date): Promise<void> {
  await db().$executeRaw(
    prepared(
      "reported",
      sql`
    update feedback set reported_at = ${at}::timestamptz, refused_at = null, error = null
    where message_id = ${messageId}::uuid and reported_at is null`,
    ),
  );
}

/** Twilio will not take it; kept for people to see. */
export async function markRefused(messageId: string, error: string, at: Date): Promise<void> {
  await db().$executeRaw`
    update feedback set refused_at = ${at}::timestamptz, error = ${error}
    where message_id = ${messageId}::uuid and reported_at is null`;
}

/** To be tried again. */
export async function postpone(messageId: string, error: string, dueAt: Date): Promise<void> {
  await db().$executeRaw`
    update feedback set due_at = ${dueAt}::timestamptz, error = ${error}
    where message_id = ${messageId}::uuid and reported_at is null`;
}
