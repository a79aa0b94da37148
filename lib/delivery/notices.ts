/**
 * Notices: texts that tell an account's owner what was done to it. They are no verification's, ask for no feedback, and stand in no
 * figure; whether they arrived is kept in their own row.
 */
import { v7 as uuid } from "uuid";
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import { log } from "../log";
import { noticeBody, type NoticeKind } from "../messaging/body";
import { sendNotice } from "../messaging/send";
import type { StatusReport } from "./record-status";

/** How many are sent at once. */
const BATCH = 10;

/**
 * A CTE body that writes a notice with what it is about, in one statement: it is sent by `sendNotices` soon after.
 *
 * @param owner a CTE with at most one row: `number` and `country`
 */
export function writeNotice(kind: NoticeKind, owner: Sql): Sql {
  return sql`
    insert into notice (id, "to", country, kind, written_at)
    select ${uuid()}::uuid, number, country, ${kind}, ${now()}::timestamptz from ${owner}`;
}

interface DueNotice {
  id: string;
  to: string;
  country: string;
  kind: NoticeKind;
}

/**
 * Sends the notices that are due, each once: it is taken before it is sent, so that nobody else sends it, and one whose answer is lost is
 * not sent again.
 *
 * @returns how many were taken
 */
export async function sendNotices(): Promise<number> {
  const due = await db().$queryRaw<DueNotice[]>`
    update notice set taken_at = ${now()}::timestamptz
    where id in (
      select id from notice where taken_at is null order by written_at limit ${BATCH}::int for update skip locked)
    returning id, "to", country, kind`;
  await Promise.all(due.map(send));
  return due.length;
}

async function send({ id: messageId, to, country, kind }: DueNotice): Promise<void> {
  const result = await sendNotice({ messageId, to, body: noticeBody(kind, country) });
  switch (result.outcome) {
    case "accepted":
      await recordNoticeStatus({
        messageId,
        sid: result.sid,
        status: result.status,
        errorCode: null,
        at: now(),
      });
      log().info({ messageId, kind, sid: result.sid }, "notice accepted");
      return;
    case "refused":
      await db().$executeRaw`
        update notice set refused_at = ${now()}::timestamptz, error_code = ${result.errorCode}::int
        where id = ${messageId}::uuid and sid is null`;
      log().warn({ messageId, kind, errorCode: result.errorCode }, "notice refused");
      return;
    case "unknown":
      log().warn({ messageId, kind, error: result.error }, "notice sent without an answer");
  }
}

/**
 * Records what Twilio says about a notice. Its status only moves towards finality.
 *
 * @returns whether there is such a notice
 */
export async function recordNoticeStatus({
  messageId,
  sid,
  status,
  errorCode,
}: StatusReport): Promise<boolean> {
  const merged = await db().$executeRaw`
    update notice set sid = ${sid}, refused_at = null, status = greatest(status, ${status}::message_status),
      error_code = case when status is null or ${status}::message_status >= status then ${errorCode}::int else error_code end
    where id = ${messageId ?? null}::uuid and (sid is null or sid = ${sid})`;
  return merged > 0;
}
