/**
 * The feedback that is due, and what became of it: the statements of its table.
 *
 * Taking a row moves its `due_at` past the longest its call can take. That is the lease: a worker that dies in between gives
 * the row back by doing nothing. Feedback is so delivered at least once; Twilio keeps one outcome per message.
 */
import { secondsAfter } from "../clock";
import { db, runHot, sql } from "../db";
import { MINUTE_SECONDS } from "../terms/durations";

/** Longer than a call with its retries takes; a killed worker's feedback waits this long. */
const LEASE_SECONDS = 30;

/** Whoever brings a SID may die before saying so: then the feedback is found after this. */
const SID_SECONDS = 10 * MINUTE_SECONDS;

export interface DueFeedback {
  messageId: string;
  messageSid: string;
  /** This try included. */
  tries: number;
}

/**
 * Takes up to `limit` due rows, the longest due first, that no other worker has. A message without a SID waits for it: whatever brings the SID says
 * that it is due, and until then it is not looked at again.
 *
 * @returns what can be reported, and how many rows were taken for it
 */
export async function takeDueFeedback(
  limit: number,
  now: Date,
): Promise<{ due: DueFeedback[]; looked: number }> {
  const rows = await runHot<(Omit<DueFeedback, "messageSid"> & { messageSid: string | null })[]>(
    "take_feedback",
    sql`
    update feedback f
    set due_at = case when due.sid is null then ${secondsAfter(now, SID_SECONDS)}::timestamptz
        else ${secondsAfter(now, LEASE_SECONDS)}::timestamptz end,
      tries = f.tries + (due.sid is not null)::int
    from (
      select d.message_id, m.sid
      from (
        select message_id from feedback
        where reported_at is null and refused_at is null and due_at <= ${now}::timestamptz
        order by due_at
        limit ${limit}::int
        for update skip locked
      ) d, lateral (select sid from message where id = d.message_id limit 1) m
    ) due
    where f.message_id = due.message_id
    returning f.message_id as "messageId", due.sid as "messageSid", f.tries`,
  );
  const due = rows.flatMap(({ messageSid, ...row }) => (messageSid === null ? [] : [{ ...row, messageSid }]));
  return { due, looked: rows.length };
}

/** Twilio has them. As many as are given: the limit is for the planner, which looks each up by its key then. */
export async function markReported(reported: readonly { messageId: string; at: Date }[]): Promise<void> {
  await runHot(
    "reported",
    sql`
    update feedback f set reported_at = r.at, refused_at = null, error = null
    from (
      select * from unnest(${reported.map(({ messageId }) => messageId)}::uuid[], ${reported.map(({ at }) => at)}::timestamptz[]) as u (id, at)
      limit (select ${reported.length}::int)
    ) r
    where f.message_id = r.id and coalesce(f.reported_at, r.at) is distinct from f.reported_at`,
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
