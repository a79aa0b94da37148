/**
 * Repeated requests: an `Idempotency-Key` starts one verification and sends one message, however often the request comes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { statusWithoutSid } from "../messages";
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import { refusal } from "../errors";
import { forgottenBefore, keyReused, type IdempotentRequest } from "./idempotency";
import { isKeptFor, isSameRequest } from "./kept-answer";
import type { Sending } from "./send-message";
import { summaryOf, type SummaryRow } from "./verification";

/** What an earlier request with the same key started, and how its message stands. */
export interface Earlier extends SummaryRow {
  /** Whether it asked for the same. */
  sameRequest: boolean;
  messageId: string;
  sid: string | null;
  errorCode: number | null;
  requestedAt: Date;
  refusedAt: Date | null;
  unansweredAt: Date | null;
}

/** A query for what an earlier request with the same key started: no row when the key is new, or there is none. */
export function earlierStart(request: IdempotentRequest | undefined): Sql {
  if (!request) return earlier(sql`true`, sql`${MESSAGES} where false`);
  return earlier(
    sql`v.request_hash = ${request.requestHash}::bytea`,
    sql`${MESSAGES} where m.attempt = 1 and v.api_key = ${request.apiKey}::bytea and v.idempotency_key = ${request.key}
      and v.created_at > ${forgottenBefore()}::timestamptz`,
  );
}

/** A CTE body that lets go of a key that is too old to count, so that it can be used again. */
export function forgetKey(request: IdempotentRequest): Sql {
  return sql`
    update verification set idempotency_key = null
    where api_key = ${request.apiKey}::bytea and idempotency_key = ${request.key}
      and created_at <= ${forgottenBefore()}::timestamptz
    returning 1`;
}

/**
 * The same of a resend, whose key is kept with its answer. Of a check that came with this key there may be no message: then all but
 * `sameRequest` is null.
 */
export function earlierResend(request: IdempotentRequest | undefined): Sql {
  if (!request) return earlier(sql`true`, sql`${MESSAGES} where false`);
  return earlier(
    isSameRequest(request),
    sql`kept_answer k left join message m on m.id = k.message_id left join verification v on v.id = m.verification_id
      where ${isKeptFor(request)}`,
  );
}

const MESSAGES = sql`verification v join message m on m.verification_id = v.id`;

/** @param from where `v` and its message `m` come from, and the condition on them */
function earlier(sameRequest: Sql, from: Sql): Sql {
  return sql`
    select ${sameRequest} as "sameRequest", v.id, v.status, v.action, v."to", v.country, v.expires_at as "expiresAt",
      v.failed_checks as "failedChecks", v.sends,
      (select max(requested_at) from message where verification_id = v.id) as "newestRequestedAt",
      m.id as "messageId", m.sid, m.error_code as "errorCode", m.requested_at as "requestedAt",
      m.refused_at as "refusedAt", m.unanswered_at as "unansweredAt"
    from ${from}`;
}

/** A repeat waits this long, in looks of a fifth of a second, for the first request's answer before it is told to come back. */
const LOOKS = 10;
const LOOK_EVERY_MS = 200;

/**
 * The answer to a repeat of an earlier request.
 *
 * While the first request is being sent, this waits for its answer for a moment, since most sends take less; then it is a
 * `request_in_flight`.
 */
export async function answerRepeat(earlier: Earlier): Promise<Sending> {
  if (!earlier.sameRequest) {
    return keyReused();
  }
  let seen = earlier;
  for (let look = 1; ; look += 1) {
    const sending = sendingOf(seen);
    if (sending) return sending;
    if (look === LOOKS) return refusal("request_in_flight", { retryAfter: 1 });
    await sleep(LOOK_EVERY_MS);
    seen = await lookAgain(earlier.messageId);
  }
}

/** The answer to a request whose key came a moment ago with another one; null when the key is new. */
export async function findRepeat(request: IdempotentRequest): Promise<Sending | null> {
  const [found] = await db().$queryRaw<Earlier[]>`${earlierStart(request)}`;
  if (found) return answerRepeat(found);
  // A test number's verification has no message, and no other start is the same request.
  const started = await db().verification.count({
    where: { apiKey: request.apiKey, idempotencyKey: request.key, createdAt: { gt: forgottenBefore() } },
  });
  return started > 0 ? keyReused() : null;
}

/** The same of a resend. */
export async function findRepeatedResend(request: IdempotentRequest): Promise<Sending | null> {
  const [found] = await db().$queryRaw<Earlier[]>`${earlierResend(request)}`;
  return found ? answerRepeat(found) : null;
}

async function lookAgain(messageId: string): Promise<Earlier> {
  const [found] = await db().$queryRaw<
    Earlier[]
  >`${earlier(sql`true`, sql`${MESSAGES} where m.id = ${messageId}::uuid`)}`;
  if (!found) throw new Error(`message ${messageId} is gone`);
  return found;
}

/** How a message's sending went, by its row; null while it is on its way. */
function sendingOf(row: Earlier): Sending | null {
  const { messageId, sid, errorCode } = row;
  const requested = { verification: summaryOf(row, now()), message: { id: messageId, sid } };
  if (sid !== null) return { outcome: "sent", ...requested };
  switch (statusWithoutSid(row, now())) {
    case "requested":
      return null;
    case "refused":
      return { outcome: "failed", twilioCode: errorCode, ...requested };
    case "unknown":
      return { outcome: "unknown", ...requested };
  }
}
