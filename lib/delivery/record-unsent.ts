/**
 * Records that a send brought no SID. Both leave the row alone when a status callback has meanwhile brought one.
 */
import { db } from "../db";
import { sendGap } from "../protection/quota";

/**
 * Twilio did not take the message. The number gets its gap between messages back: there was none.
 *
 * @param errorCode Twilio's, null when Twilio could not be reached
 * @returns the SID that a status callback had brought, which tells that Twilio took it after all; null when none had
 */
export async function recordRefusal(
  messageId: string,
  errorCode: number | null,
  at: Date,
): Promise<string | null> {
  const [row] = await db().$queryRaw<{ sid: string | null }[]>`
    with refused as (
      update message set refused_at = ${at}::timestamptz, error_code = ${errorCode}::int
      where id = ${messageId}::uuid and sid is null
      returning verification_id
    ), given_back as (
      update quota q set tat = ${at}::timestamptz
      from refused join verification v on v.id = refused.verification_id
      where q.name = ${sendGap().name} and q.subject = v."to"
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
