/**
 * Records what Twilio says about messages: one statement for the answer to a send, for status callbacks, and for what reconciling finds,
 * and for as many of them as come at once.
 */
import { db, runHot, sql, type Sql } from "../db";
import { isUnavailable } from "../database-faults";
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
  /** What Twilio sent it from, where the report says so: a Messaging Service picks a number. */
  sentFrom?: string | null;
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
 * What comes while nothing else is being written is written at once and alone; what comes meanwhile, together. Nobody waits for another's
 * verification: one that somebody is at is left out, and so is each of a batch that failed; then it is recorded alone, and only its own
 * failure is its own.
 *
 * @returns whether there is such a message; when this resolves, it is recorded
 */
export async function recordStatus(report: StatusReport): Promise<boolean> {
  underWay += 1;
  try {
    const together = underWay > 1 ? await tryTogether(report) : null;
    const { isRecorded, reportable } = together ?? (await recordAlone(report));
    if (reportable !== null) await reportAt(reportable, report.at);
    return isRecorded;
  } finally {
    underWay -= 1;
  }
}

/** Reports that this process is recording. */
let underWay = 0;

/** @returns null where it is left to be recorded alone */
async function tryTogether(report: StatusReport): Promise<Recorded | null> {
  try {
    const recorded = await recordTogether(report);
    return recorded.isKnown && !recorded.isRecorded ? null : recorded;
  } catch (error) {
    // That the database is away is nobody's own failure.
    if (isUnavailable(error)) throw error;
    return null;
  }
}

/** No two reports of one message are in a batch: each is of a SID of its own, and of an id of its own where it names one. */
const recordTogether = gathered(recordBatch, {
  most: MOST,
  keys: ({ messageId, sid }) => (messageId === undefined ? [sid] : [sid, messageId.toLowerCase()]),
});

/** The message that a report `r` is of, by its id or else by the SID: one at most. */
const MESSAGE_OF_REPORT = sql`
  select id, verification_id, sid from message where r.message_id is null and sid = r.sid
  union all
  select id, verification_id, sid from message where id = r.message_id and (sid is null or sid = r.sid)
  limit 1`;

/** Whether a report `r` is the first of a verification `v`. Said of both, or the planner would ask it of all verifications before joining. */
const isFirst = sql`coalesce(v.accepted_at, r.at) is distinct from v.accepted_at`;

/** Said once, and only where it is not what Twilio was asked for. */
const sentFrom = sql`coalesce(m.sent_from, nullif(r.sent_from, m.sender))`;

/** What is written of a report `r`, for messages that are in `from`, which has it; `accepted` comes before it. */
const writes = (from: Sql) => sql`
    merged as (
      update message m set
        sid = r.sid,
        refused_at = null,
        accepted_at = least(m.accepted_at, r.at),
        sent_from = ${sentFrom},
        sent_at = case when r.status in ('sent', 'delivered', 'read') then least(m.sent_at, r.at) else m.sent_at end,
        delivered_at = case when r.status in ('delivered', 'read') then least(m.delivered_at, r.at) else m.delivered_at end,
        failed_at = case when r.status in ('failed', 'undelivered') then least(m.failed_at, r.at) else m.failed_at end,
        error_code = case
          when m.sid is null or r.status > m.status then r.error_code
          when r.status = m.status then least(m.error_code, r.error_code)
          else m.error_code end,
        status = greatest(m.status, r.status)
      from ${from} r
      where m.id = r.id and (select count(*) from accepted) >= 0
        and (m.sid is null or m.sid = r.sid and (
          r.status > m.status
          or r.status = m.status and least(m.error_code, r.error_code) is distinct from m.error_code
          or r.status = 'sent' and m.sent_at is null
          or ${sentFrom} is distinct from m.sent_from
          or r.status in ('failed', 'undelivered') and m.failed_at is null))
      returning 1
    ), kept as (
      insert into status_callback (message_id, digest, received_at, parameters)
      select id, md5(kept), at, kept::jsonb from ${from} where kept is not null and (select count(*) from merged) >= 0
      on conflict (message_id, digest) do nothing
    )`;

const keptOf = ({ callback }: StatusReport) => (callback ? keptParameters(callback) : null);

/**
 * One statement, which waits for whoever is at the verification or the message. The verification is locked before the message, as
 * everywhere: `accepted` is updated first, and the message's update waits for its count.
 *
 * A callback is kept once, after all else, so that whoever waits for the same one holds no lock that this one needs.
 */
async function recordAlone(report: StatusReport): Promise<Recorded> {
  const { messageId = null, sid, status, errorCode, at, sentFrom: from = null } = report;
  const [recorded] = await runHot<[Recorded]>(
    "record_status",
    sql`
    with target as materialized (
      select r.*, m.id, m.verification_id, m.sid is null as brings_sid
      from (
        select ${messageId}::uuid as message_id, ${sid}::text as sid, ${status}::message_status as status, ${errorCode}::int as error_code,
          ${at}::timestamptz as at, ${keptOf(report)}::text as kept, ${from}::text as sent_from
      ) r, lateral (${MESSAGE_OF_REPORT}) m
    ), accepted as (
      update verification v set accepted_at = r.at from target r
      where v.id = r.verification_id and ${isFirst}
      returning 1
    ), ${writes(sql`target`)}
    select exists (select from target) as "isKnown", exists (select from target) and (select count(*) from merged) >= 0 as "isRecorded",
      (select f.message_id from target t join feedback f on f.message_id = t.id
        where t.brings_sid and f.reported_at is null) as reportable`,
  );
  return recorded;
}

/**
 * The same of many, each of another message. Verifications are locked first, then messages, and each in the order of their keys; a
 * verification only where this is the first SID of it. What somebody else has locked is left out.
 *
 * Limits that say what is known anyway are for the planner: a plan that is kept, which may have been made while the tables were all but
 * empty, then looks rows up by their keys and reads no table from end to end.
 */
async function recordBatch(reports: StatusReport[]): Promise<Recorded[]> {
  return runHot<Recorded[]>(
    "record_statuses",
    sql`
    with report as materialized (
      select r.* from (
        select ${reports.map(({ messageId = null }) => messageId)}::uuid[] as message_id, ${reports.map(({ sid }) => sid)}::text[] as sid,
          ${reports.map(({ status }) => status)}::message_status[] as status, ${reports.map(({ errorCode }) => errorCode)}::int[] as error_code,
          ${reports.map(({ at }) => at)}::timestamptz[] as at, ${reports.map(keptOf)}::text[] as kept,
          ${reports.map(({ sentFrom: from = null }) => from)}::text[] as sent_from
        offset 0
      ) g, unnest(g.message_id, g.sid, g.status, g.error_code, g.at, g.kept, g.sent_from)
        with ordinality as r (message_id, sid, status, error_code, at, kept, sent_from, n)
      limit (select ${reports.length}::int)
    ), target as materialized (
      select r.*, m.id, m.verification_id, m.sid is null as brings_sid, v.accepted_at is null as is_first
      from report r, lateral (${MESSAGE_OF_REPORT}) m join verification v on v.id = m.verification_id
    ), opened as materialized (
      select v.id from target t join verification v on v.id = t.verification_id
      where t.is_first
      order by v.id for no key update of v skip locked
    ), locked as materialized (
      select t.* from target t join message m on m.id = t.id
      where (select count(*) from opened) >= 0 and (not t.is_first or t.verification_id in (select id from opened))
      order by t.id for no key update of m skip locked
    ), accepted as (
      update verification v set accepted_at = r.at from locked r
      where r.is_first and v.id = r.verification_id and ${isFirst}
      returning 1
    ), ${writes(sql`locked`)}
    select r.n in (select n from target) as "isKnown", r.n in (select n from locked) as "isRecorded",
      (select f.message_id from locked l join feedback f on f.message_id = l.id
        where l.n = r.n and l.brings_sid and f.reported_at is null) as reportable
    from report r where (select count(*) from merged) >= 0
    order by r.n`,
  );
}

/** The feedback of a message that had no SID has waited for it. */
async function reportAt(messageId: string, at: Date): Promise<void> {
  await db().$executeRaw`
    update feedback set due_at = least(due_at, ${at}::timestamptz)
    where message_id = ${messageId}::uuid and reported_at is null`;
}
