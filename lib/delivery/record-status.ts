/**
 * Records what Twilio says about messages: one statement for the answer to a send, for status callbacks, and for what reconciling finds,
 * and for as many of them as come at once.
 */
import { db, empty, isUnavailable, prepared, sql, type Sql } from "../db";
import { gathered } from "../gathered";
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

interface Recorded {
  /** Whether there is such a message. */
  isKnown: boolean;
  /** Whether it has all that the report says. Of one that is known it has not where somebody else was at it, and nothing was written. */
  isRecorded: boolean;
  /** The message, where its feedback has waited for the SID that this report brought. */
  reportable: string | null;
}

/** Reports in one statement: more would make each wait longer for the others than it gains by them. */
const MOST = 100;

/**
 * Merges a report into its message's row. Any order and any repetition of the same reports leaves the same row: the
 * status only moves towards finality (the enum is declared in that order), each step keeps its earliest time, and the error
 * code belongs to the status it came with.
 *
 * A repeated report writes nothing. A row without a SID gets it, which is how an answer that was lost is made up for. A report for
 * another SID than the row's changes nothing.
 *
 * What comes while others are being written is written next, together. Nobody waits for another's verification: one that somebody
 * is at is left out, and so is each of a batch that failed; then it is recorded alone, and only its own failure is its own.
 *
 * @returns whether there is such a message; when this resolves, it is recorded
 */
export async function recordStatus(report: StatusReport): Promise<boolean> {
  const together = await recordTogether(report).catch((error: unknown) => {
    // That the database is away is nobody's own failure.
    if (isUnavailable(error)) throw error;
    return null;
  });
  const isLeft = !together || (together.isKnown && !together.isRecorded);
  const { isRecorded, reportable } = isLeft ? await recordAlone(report) : together;
  if (reportable !== null) await reportAt(reportable, report.at);
  return isRecorded;
}

/** No two reports of one message are in a batch: each is of a SID of its own, and of an id of its own where it names one. */
const recordTogether = gathered((reports: StatusReport[]) => record(reports, "leave"), {
  most: MOST,
  keys: ({ messageId, sid }) => (messageId === undefined ? [sid] : [sid, messageId.toLowerCase()]),
});

async function recordAlone(report: StatusReport): Promise<Recorded> {
  const [recorded] = await record([report], "wait");
  if (!recorded) throw new Error("a report has no outcome");
  return recorded;
}

/**
 * One statement. Verifications are locked before messages, as everywhere, and each in the order of their keys; a verification only where this
 * is the first SID of it.
 *
 * A callback is kept once, after all else, so that whoever waits for the same one holds no lock that this one needs.
 *
 * @param reports each of another message
 * @param held what to do where somebody else has locked a row: leave the report out, or wait
 */
async function record(reports: StatusReport[], held: "leave" | "wait"): Promise<Recorded[]> {
  const kept = reports.map(({ callback }) => (callback ? keptParameters(callback) : null));
  const lock = (row: Sql) => sql`for no key update of ${row} ${held === "leave" ? sql`skip locked` : empty}`;
  return db().$queryRaw<Recorded[]>(
    prepared(
      "record_status",
      sql`
    with report as materialized (
      select r.* from (
        select ${reports.map(({ messageId = null }) => messageId)}::uuid[] as message_id, ${reports.map(({ sid }) => sid)}::text[] as sid,
          ${reports.map(({ status }) => status)}::message_status[] as status, ${reports.map(({ errorCode }) => errorCode)}::int[] as error_code,
          ${reports.map(({ at }) => at)}::timestamptz[] as at, ${kept}::text[] as kept
        offset 0
      ) g, unnest(g.message_id, g.sid, g.status, g.error_code, g.at, g.kept)
        with ordinality as r (message_id, sid, status, error_code, at, kept, n)
    ), target as materialized (
      select r.*, m.id, m.verification_id, m.sid is null as brings_sid, v.accepted_at is null as is_first
      from report r, lateral (
        select id, verification_id, sid from message where r.message_id is null and sid = r.sid
        union all
        select id, verification_id, sid from message where id = r.message_id and (sid is null or sid = r.sid)
      ) m join verification v on v.id = m.verification_id
    ), opened as materialized (
      select v.id from target t join verification v on v.id = t.verification_id
      where t.is_first
      order by v.id ${lock(sql`v`)}
    ), locked as materialized (
      select t.* from target t join message m on m.id = t.id
      where (select count(*) from opened) >= 0 and (not t.is_first or t.verification_id in (select id from opened))
      order by t.id ${lock(sql`m`)}
    ), accepted as (
      update verification v set accepted_at = r.at from locked r
      where r.is_first and v.id = r.verification_id and v.accepted_at is null
    ), merged as (
      update message m set
        sid = r.sid,
        refused_at = null,
        accepted_at = least(m.accepted_at, r.at),
        sent_at = case when r.status in ('sent', 'delivered', 'read') then least(m.sent_at, r.at) else m.sent_at end,
        delivered_at = case when r.status in ('delivered', 'read') then least(m.delivered_at, r.at) else m.delivered_at end,
        failed_at = case when r.status in ('failed', 'undelivered') then least(m.failed_at, r.at) else m.failed_at end,
        error_code = case
          when m.sid is null or r.status > m.status then r.error_code
          when r.status = m.status then least(m.error_code, r.error_code)
          else m.error_code end,
        status = greatest(m.status, r.status)
      from locked r
      where m.id = r.id
        and (m.sid is null or m.sid = r.sid and (
          r.status > m.status
          or r.status = m.status and least(m.error_code, r.error_code) is distinct from m.error_code
          or r.status = 'sent' and m.sent_at is null
          or r.status in ('failed', 'undelivered') and m.failed_at is null))
      returning 1
    ), kept as (
      insert into status_callback (message_id, digest, received_at, parameters)
      select id, md5(kept), at, kept::jsonb from locked where kept is not null and (select count(*) from merged) >= 0
      on conflict (message_id, digest) do nothing
    )
    select r.n in (select n from target) as "isKnown", r.n in (select n from locked) as "isRecorded",
      (select f.message_id from locked l join feedback f on f.message_id = l.id
        where l.n = r.n and l.brings_sid and f.reported_at is null) as reportable
    from report r where (select count(*) from merged) >= 0
    order by r.n`,
    ),
  );
}

/** The feedback of a message that had no SID has waited for it. */
async function reportAt(messageId: string, at: Date): Promise<void> {
  await db().$executeRaw`
    update feedback set due_at = least(due_at, ${at}::timestamptz)
    where message_id = ${messageId}::uuid and reported_at is null`;
}
