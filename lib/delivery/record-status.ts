/**
 * Records what Twilio says about a message: one statement for the answer to a send, for status callbacks, and for what
 * reconciling finds.
 */
import { db, prepared, sql } from "../db";
import { keptParameters, type CallbackParameters } from "./callback-parameters";
import type { MessageStatus } from "../terms/statuses";

export interface StatusReport {
  /** Ours, where the report names it (the status callback's URL does). */
  messageId?: string;
  sid: string;
  status: MessageStatus;
  errorCode: number | null;
  /** When the report reached us. */
  at: Date;
  /** A status callback as it came, to be kept as evidence. */
  callback?: CallbackParameters;
}

/**
 * Merges a report into its message's row. Any order and any repetition of the same reports leaves the same row: the
 * status only moves towards finality (the enum is declared in that order), each step keeps its earliest time, and the error
 * code belongs to the status it came with.
 *
 * A repeated report writes nothing. A callback is kept once, after all else, so that whoever waits for the same one holds no lock that
 * this one needs.
 *
 * A row without a SID gets it, which is how an answer that was lost is made up for. A report for another SID than the
 * row's changes nothing.
 *
 * The verification is locked before the message, as everywhere: `accepted` is updated first, and the message's update waits for
 * its count.
 *
 * @returns whether there is such a message
 */
export async function recordStatus(report: StatusReport): Promise<boolean> {
  const { messageId = null, sid, status, errorCode, at, callback } = report;
  const kept = callback && keptParameters(callback);
  const [row] = await db().$queryRaw<{ known: boolean; reportable: string | null }[]>(
    prepared(
      "record_status",
      sql`
    with target as materialized (
      select id, verification_id, sid from message
      where ${messageId}::uuid is null and sid = ${sid}
         or id = ${messageId}::uuid and (sid is null or sid = ${sid})
    ), accepted as (
      update verification v set accepted_at = ${at}::timestamptz
      from target where v.id = target.verification_id and v.accepted_at is null
      returning 1
    ), merged as (
      update message m set
        sid = ${sid},
        refused_at = null,
        accepted_at = least(m.accepted_at, ${at}::timestamptz),
        sent_at = case when report.status in ('sent', 'delivered', 'read')
          then least(m.sent_at, ${at}::timestamptz) else m.sent_at end,
        delivered_at = case when report.status in ('delivered', 'read')
          then least(m.delivered_at, ${at}::timestamptz) else m.delivered_at end,
        failed_at = case when report.status in ('failed', 'undelivered')
          then least(m.failed_at, ${at}::timestamptz) else m.failed_at end,
        error_code = case
          when m.sid is null or report.status > m.status then ${errorCode}::int
          when report.status = m.status then least(m.error_code, ${errorCode}::int)
          else m.error_code end,
        status = greatest(m.status, report.status)
      from target, (select ${status}::message_status as status) report
      where m.id = target.id and (select count(*) from accepted) >= 0
        and (m.sid is null or m.sid = ${sid} and (
          report.status > m.status
          or report.status = m.status and least(m.error_code, ${errorCode}::int) is distinct from m.error_code
          or report.status = 'sent' and m.sent_at is null
          or report.status in ('failed', 'undelivered') and m.failed_at is null))
      returning 1
    ), kept as (
      insert into status_callback (message_id, digest, received_at, parameters)
      select id, md5(${kept ?? ""}::text), ${at}::timestamptz, ${kept ?? "null"}::jsonb
      from target where ${kept !== undefined} and (select count(*) from merged) >= 0
      on conflict (message_id, digest) do nothing
    )
    select exists (select from target) and (select count(*) from merged) >= 0 as known,
      (select target.id from target join feedback f on f.message_id = target.id
        where target.sid is null and f.reported_at is null) as reportable`,
    ),
  );
  if (row?.reportable) await reportAt(row.reportable, at);
  return row?.known ?? false;
}

/** The feedback of a message that had no SID has waited for it. */
async function reportAt(messageId: string, at: Date): Promise<void> {
  await db().$executeRaw`
    update feedback set due_at = least(due_at, ${at}::timestamptz)
    where message_id = ${messageId}::uuid and reported_at is null`;
}
