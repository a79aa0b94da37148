/**
 * Records that a send brought no SID. Both leave the row alone when a status callback has meanwhile brought one.
 */
import { db, sql } from "../db";
import { env } from "../env";
import { seconds } from "../protection/quota";

/**
 * Twilio did not take the message. Its asker gets the gap between messages back: there was none. Not of a temporary password, since
 * for a number that has no password to reset none is sent either, and both must look the same.
 *
 * @param errorCode Twilio's, null when Twilio could not be reached
 * @returns the SID that a status callback had brought, which tells that Twilio took it after all; null when none had
 */
export async function recordRefusal(
  messageId: string,
  errorCode: number | null,
  at: Date,
): Promise<string | null> {
  const gap = seconds(env().RESEND_AFTER_SECONDS);
  const refusedSend = sql`
    from message m join verification v on v.id = m.verification_id
    where m.id = ${messageId}::uuid and m.sid is null and m.action <> 'temporary_password'
      and x.number = v."to" and m.requested_at = any(x.sent_at)`;
  // Only moved, by the gap: it counts among the day's like any other.
  const givenBack = sql`sent_at = array_replace(x.sent_at, m.requested_at, m.requested_at - ${gap})`;
  const [row] = await db().$queryRaw<{ sid: string | null }[]>`
    with of_unknown as (
      update number_guard x set ${givenBack} ${refusedSend} returning 1
    ), of_known as (
      update known_browser x set ${givenBack} ${refusedSend} returning 1
    ), refused as (
      update message set refused_at = ${at}::timestamptz, error_code = ${errorCode}::int
      where id = ${messageId}::uuid and sid is null
        and (select count(*) from of_unknown) + (select count(*) from of_known) >= 0
    )
    select sid from message where id = ${messageId}::uuid`;
  return row?.sid ?? null;
}

/** Twilio's answer was lost: from now on the message is `unknown`, not on its way. */
export async function recordNoAnswer(messageId: string, at: Date): Promise<void> {
  await db().$executeRaw`
    update message set unanswered_at = ${at}::timestamptz
    where id = ${messageId}::uuid and sid is null`;
}
