/**
 * Which answer a number gets to a message of its: decided once for each, and within limits, since answers are messages that whoever
 * texts us makes us send.
 */
import { now } from "../clock";
import { db, sql } from "../db";
import { LATE_SECONDS } from "../terms/limits";
import { answerLimits, CODE_HINTS } from "../protection/answer-limits";
import { seconds } from "../protection/quota";
import type { ReplyText } from "./reply-text";

/** `none` is silence; the others are texts of `Templates`. */
export type AnswerKind = "thanks" | "nothingToConfirm" | "notUnderstood" | "typeIt" | "none";

interface Answering {
  /** Twilio's SID of the message. */
  sid: string;
  /** Who sent it, E.164. */
  from: string;
  /** The senders of ours it reached. */
  senders: string[];
  text: Exclude<ReplyText, "twilio">;
}

/** Notes a message that confirms nothing, so that it is answered once. */
export async function noteInbound(sid: string): Promise<void> {
  await db().$executeRaw`
    insert into inbound (sid, received_at) values (${sid}, ${now()}::timestamptz) on conflict (sid) do nothing`;
}

/**
 * The answer to a message that `confirmReply` or `noteInbound` has taken: the same, however often it is asked for.
 *
 * - `thanks` for a yes that confirmed. It is one for a message of ours, which limits have counted.
 * - `nothingToConfirm` for a yes, to a number we wrote to within the last day.
 * - `typeIt` once for each verification whose secret is sent back.
 * - `notUnderstood` while the number has a reply verification pending.
 *
 * Others get none, nor does who has reached a limit.
 */
export async function answerTo({ sid, from, senders, text }: Answering): Promise<AnswerKind> {
  const moment = now();
  const at = sql`${moment}::timestamptz`;
  const ours = sql`v."to" = ${from} and v.created_at <= ${at}`;
  const pending = sql`${ours} and v.status = 'pending' and v.expires_at > ${at}`;
  const [decided] = await db().$queryRaw<{ answer: AnswerKind }[]>`
    with taken as materialized (
      select sid, confirmed from inbound where sid = ${sid} and answer is null for update
    ), wanted as materialized (
      select t.sid, secret.id as secret_of, case
        when t.confirmed then 'thanks'
        when ${text}::text = 'yes' then case when exists (
          select from verification v where ${ours} and v.expires_at > ${at} - ${seconds(LATE_SECONDS)}) then 'nothingToConfirm' end
        when secret.id is not null then 'typeIt'
        when exists (
          select from verification v where ${pending} and v.action = 'reply'
            and exists (select from message m where m.verification_id = v.id and (m.sender = any(${senders}::text[]) or m.sent_from = any(${senders}::text[]))
              and m.refused_at is null)
        ) then 'notUnderstood' end as answer
      from taken t left join lateral (
        select v.id from verification v where ${text}::text = 'secret' and ${pending} and v.action in ('code', 'temporary_password')
        order by v.created_at desc limit 1) secret on true
    ), asking as materialized (
      select ${from}::text as number, case when answer = 'typeIt' then secret_of::text end as secret_of
      from wanted where answer <> 'thanks'
    ), ${answerLimits(sql`asking`, moment, [{ limit: CODE_HINTS, subject: sql`queued.secret_of` }])}
    update inbound i set answer = case when w.answer = 'thanks' or exists (select from drawn) then w.answer else 'none' end
    from wanted w where i.sid = w.sid
    returning i.answer`;
  if (decided) return decided.answer;
  const [earlier] = await db().$queryRaw<
    { answer: AnswerKind | null }[]
  >`select answer from inbound where sid = ${sid}`;
  return earlier?.answer ?? "none";
}
