/**
 * The answers to checks and resends that came with an `Idempotency-Key`: for a day a repeat does nothing, and is answered the same. A
 * refusal is not kept: the same request may succeed later.
 */
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import type { Refusal } from "../errors";
import { forgottenBefore, keyReused, type IdempotentRequest } from "./idempotency";

/** What is kept of an answer, as expressions: the message of an approval or a resend, and how many tries are left. */
interface Answer {
  verificationId: Sql;
  messageId: Sql;
  checksLeft: Sql;
}

/** A condition that no request came with this key yet; true of one without a key. */
export function isNewKey(request: IdempotentRequest | undefined): Sql {
  if (!request) return sql`true`;
  return sql`not exists (
    select from kept_answer where api_key = ${request.apiKey}::bytea and idempotency_key = ${request.key}
      and asked_at > ${forgottenBefore()}::timestamptz)`;
}

/**
 * A CTE body that keeps an answer; it returns a row where it is kept, and none where another request with this key was first by a moment:
 * then that one's answer is ours. What it stands for may be done only where there is a row.
 *
 * @param from where the expressions are read from; no row there, no answer
 */
export function keepAnswer(request: IdempotentRequest, answer: Answer, from: Sql): Sql {
  return sql`
    insert into kept_answer as k (api_key, idempotency_key, request_hash, verification_id, message_id, checks_left, asked_at)
    select ${request.apiKey}::bytea, ${request.key}, ${request.requestHash}::bytea, ${answer.verificationId}, ${answer.messageId},
      ${answer.checksLeft}, ${now()}::timestamptz
    from ${from}
    on conflict (api_key, idempotency_key) do update set request_hash = excluded.request_hash,
      verification_id = excluded.verification_id, message_id = excluded.message_id, checks_left = excluded.checks_left,
      asked_at = excluded.asked_at
    where k.asked_at <= ${forgottenBefore()}::timestamptz
    returning 1`;
}

/** What is told to a repeat. */
export interface KeptAnswer {
  messageId: string | null;
  messageSid: string | null;
  checksLeft: number;
}

/** What was answered to an earlier request with this key: null when there was none, `idempotency_key_reused` when it asked for another thing. */
export async function findKeptAnswer(request: IdempotentRequest): Promise<KeptAnswer | Refusal | null> {
  const [kept] = await db().$queryRaw<(KeptAnswer & { sameRequest: boolean })[]>`
    select k.request_hash = ${request.requestHash}::bytea as "sameRequest", k.message_id as "messageId", m.sid as "messageSid",
      k.checks_left as "checksLeft"
    from kept_answer k left join message m on m.id = k.message_id
    where k.api_key = ${request.apiKey}::bytea and k.idempotency_key = ${request.key}
      and k.asked_at > ${forgottenBefore()}::timestamptz`;
  if (!kept) return null;
  return kept.sameRequest ? kept : keyReused();
}

/** Deletes the answers that nobody may ask for any more. */
export async function forgetKeptAnswers(): Promise<number> {
  return db().$executeRaw`delete from kept_answer where asked_at <= ${forgottenBefore()}::timestamptz`;
}
