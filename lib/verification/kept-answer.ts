/**
 * The answers to checks and resends that came with an `Idempotency-Key`: for a day a repeat does nothing, and is answered the same. A
 * refusal is not kept: the same request may succeed later.
 */
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import { forgottenBefore, type IdempotentRequest } from "./idempotency";

/** What is kept of an answer, as expressions: the message of an approval or a resend, and how many tries are left. */
interface Answer {
  verificationId: Sql;
  messageId: Sql;
  checksLeft: Sql;
}

/** A condition on `kept_answer k`: it was kept for this key, and is not forgotten. */
export function isKeptFor(request: IdempotentRequest): Sql {
  return sql`k.api_key = ${request.apiKey}::bytea and k.idempotency_key = ${request.key}
    and k.asked_at > ${forgottenBefore()}::timestamptz`;
}

/** An expression of `kept_answer k`: whether this request asks for what was asked for then. */
export function isSameRequest(request: IdempotentRequest): Sql {
  return sql`k.request_hash = ${request.requestHash}::bytea`;
}

/** A query for what was answered to an earlier request with this key, as `KeptAnswer`; no row where the key is new. */
export function keptAnswer(request: IdempotentRequest): Sql {
  return sql`
    select ${isSameRequest(request)} as "sameRequest", k.message_id as "messageId", m.sid as "messageSid", k.checks_left as "checksLeft"
    from kept_answer k left join message m on m.id = k.message_id
    where ${isKeptFor(request)}`;
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
  /** Whether it asks for the same as the request that was answered. */
  sameRequest: boolean;
  messageId: string | null;
  messageSid: string | null;
  checksLeft: number;
}

/** What was answered to a request with this key that was first by a moment; null when there was none. */
export async function findKeptAnswer(request: IdempotentRequest): Promise<KeptAnswer | null> {
  const [kept] = await db().$queryRaw<KeptAnswer[]>`${keptAnswer(request)}`;
  return kept ?? null;
}

/** Deletes the answers that nobody may ask for any more. */
export async function forgetKeptAnswers(): Promise<number> {
  return db().$executeRaw`delete from kept_answer where asked_at <= ${forgottenBefore()}::timestamptz`;
}
