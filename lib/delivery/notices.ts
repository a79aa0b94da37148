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
import { noticeLimits } from "../protection/send-limits";
import { testNumbers } from "../protection/test-numbers";
import type { StatusReport } from "./record-status";

/** How many are sent at once. */
const BATCH = 10;

/**
 * A CTE body that writes a notice with what it is about, in one statement: it is sent by `sendNotices` soon after. One that waits for the
 * same number says it for both; a test number is told nothing.
 *
 * @param owner a CTE with at most one row: `number` and `country`
 */
export function writeNotice(kind: NoticeKind, owner: Sql): Sql {
  const at = sql`${now()}::timestamptz`;
  return sql`
    insert into notice (id, "to", country, kind, written_at, due_at)
    select ${uuid()}::uuid, o.number, o.country, ${kind}, ${at}, ${at} from ${owner} o
    where not exists (select from notice n where n."to" = o.number and n.kind = ${kind} and n.taken_at is null)
      and o.number <> all(${testNumbers().map(({ number }) => number)}::text[])`;
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
 * Limits count them, and put off what they do not allow yet: whoever set the password is not kept from it, and whoever it was cannot keep
 * the number from being told by sending until nothing is left.
 *
 * @returns how many were taken
 */
export async function sendNotices(): Promise<number> {
  const due = await db().$queryRaw<{ id: string }[]>`
    select id from notice where taken_at is null and due_at <= ${now()}::timestamptz order by due_at limit ${BATCH}::int`;
  const taken = (await Promise.all(due.map(({ id }) => take(id)))).flatMap((notice) => notice ?? []);
  await Promise.all(taken.map(send));
  return taken.length;
}

/** Takes a notice that is due, in one statement with the limits; null where another has, or they put it off. */
async function take(id: string): Promise<DueNotice | null> {
  const moment = now();
  const at = sql`${moment}::timestamptz`;
  const isDrawn = sql`exists (select from drawn)`;
  const [notice] = await db().$queryRaw<(DueNotice & { isTaken: boolean })[]>`
    with asking as materialized (
      select id, "to" as number from notice
      where id = ${id}::uuid and taken_at is null and due_at <= ${at}
      for update skip locked
    ), ${noticeLimits(sql`asking`, moment)}
    update notice n set
      taken_at = case when ${isDrawn} then ${at} end,
      due_at = case when ${isDrawn} then n.due_at
        else ${at} + coalesce((select max(wait) from reached), 1) * interval '1 second' end
    from queued q where n.id = q.id
    returning n.id, n."to", n.country, n.kind, n.taken_at is not null as "isTaken"`;
  if (!notice?.isTaken) {
    if (notice)
      log().warn(
        { messageId: id, kind: notice.kind },
        "notice put off: its number, or all together, have had too many messages",
      );
    return null;
  }
  return notice;
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
