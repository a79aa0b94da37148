/**
 * Verifications of test numbers. Each is a row like any other, which a session can follow from; it has no message, draws on no limit, and, since
 * Twilio has never taken anything of it, counts for nothing.
 */
import { now, secondsAfter } from "../clock";
import { db, sql } from "../db";
import { env } from "../env";
import { NO_SUCH_VERIFICATION, refusal } from "../errors";
import { log } from "../log";
import { addressSubject } from "../protection/asker";
import { seconds } from "../protection/quota";
import { testNumbersOf } from "../protection/test-numbers";
import { secretHash } from "../secrets";
import type { TrackedAction } from "@/prisma/generated/enums";
import type { Decided } from "./decide";
import { keyReused, type IdempotentRequest } from "./idempotency";
import type { Recipient } from "./recipient";
import { forgetKey } from "./repeat";
import type { Requested, Sending } from "./send-message";
import { isTestVerification, testIdAt } from "./test-ids";
import { getVerification, idOf, summaryOf, type Starter, type SummaryRow } from "./verification";

/** What of a start is kept. */
interface TestStart {
  recipient: Recipient;
  action?: TrackedAction;
  browser?: Uint8Array<ArrayBuffer>;
  clientAddress?: string;
  apiKey?: Uint8Array<ArrayBuffer>;
}

/** Starts a verification that waits for a test number's code, and for no message. Of another action nothing is sent either, and nothing ever comes. */
export async function startTestVerification(
  request: TestStart,
  idempotency?: IdempotentRequest,
): Promise<Sending> {
  const { recipient, action = "code", browser, clientAddress, apiKey } = request;
  const startedAt = now();
  const id = testIdAt(startedAt);
  const expiresAt = secondsAfter(startedAt, env().CODE_TTL_SECONDS);
  if (idempotency) await db().$queryRaw`${forgetKey(idempotency)}`;
  const address = clientAddress ?? null;
  const written = await db().$executeRaw`
    insert into verification (id, "to", country, network, block, action, browser, client_ip, asked_from, api_key, idempotency_key,
      request_hash, created_at, expires_at)
    values (${id}::uuid, ${recipient.number}, ${recipient.country}, ${recipient.network}, ${recipient.block}, ${action}::tracked_action,
      ${browser ?? null}::bytea, ${address}, ${address && addressSubject(address)}, ${idempotency?.apiKey ?? apiKey ?? null}::bytea,
      ${idempotency?.key ?? null}, ${idempotency?.requestHash ?? null}::bytea, ${startedAt}::timestamptz, ${expiresAt}::timestamptz)
    on conflict (api_key, idempotency_key) do nothing`;
  if (written === 0 && idempotency) return findEarlier(idempotency);
  log().info({ verificationId: id, action }, "test number: no message is sent");
  return sent({
    id,
    status: "pending",
    action,
    to: recipient.number,
    country: recipient.country,
    expiresAt,
    failedChecks: 0,
    sends: 1,
    newestRequestedAt: startedAt,
  });
}

/** What the first request with this key started. Of a number that was none, or of other words, it is another request's. */
async function findEarlier({ apiKey, key, requestHash }: IdempotentRequest): Promise<Sending> {
  const row = await db().verification.findUnique({
    where: { apiKey_idempotencyKey: { apiKey, idempotencyKey: key } },
  });
  const isSame = row?.requestHash && Buffer.from(row.requestHash).equals(requestHash);
  if (!isSame || !isTestVerification(row.id)) return keyReused();
  return sent({ ...row, newestRequestedAt: row.createdAt });
}

function sent(row: SummaryRow): Sending {
  return { outcome: "sent", ...requested(row) };
}

/** A program is told of a message as always. It has the verification's id, since there is none. */
function requested(row: SummaryRow): Requested {
  return { verification: summaryOf(row, now()), message: { id: row.id, sid: null } };
}

/** Answers whoever asks for another message of a test number's: the code is the same. */
export async function resendTestVerification(id: string, starter?: Starter): Promise<Sending> {
  const verification = await getVerification(id, starter);
  if (!verification) return NO_SUCH_VERIFICATION;
  switch (verification.status) {
    case "pending":
      return { outcome: "sent", verification, message: { id, sid: null } };
    case "expired":
      return refusal("expired", { detail: "This verification has expired. Start a new one." });
    default:
      return refusal("not_pending", { detail: "Only a pending verification gets another message." });
  }
}

interface TestCheck {
  id: string;
  secret: string;
  action: TrackedAction;
  starter?: Starter;
  /** For how many seconds the same right code is approved again. */
  againWithin: number;
}

/**
 * Decides about a code, in one statement that locks the verification, as `decide` does of those that have messages: the same verdicts, wrong
 * codes of this verification counted, and nothing of the number's or of whoever asks.
 *
 * @returns undefined when there is no such verification
 */
export async function decideTest(check: TestCheck): Promise<Decided | undefined> {
  const { id, secret, action, starter, againWithin } = check;
  const at = sql`${now()}::timestamptz`;
  const hash = sql`${secretHash(id, secret)}::bytea`;
  const maxChecks = sql`${env().MAX_CHECKS}::int`;
  const rightFor = action === "code" ? testNumbersOf(secret) : [];
  const [decision] = await db().$queryRaw<Decided[]>`
    with row as materialized (
      select id, "to", action, status, failed_checks, missed, approved_at, approved_hash, expires_at
      from verification where id = ${idOf(id, starter)} for no key update
    ), decided as materialized (
      select *, case
          when action <> ${action}::tracked_action then 'wrong_action'
          when status = 'approved' then
            case when approved_hash = ${hash} and ${at} < approved_at + ${seconds(againWithin)} then 'approved_before' else 'already_used' end
          when status = 'canceled' then 'canceled'
          when ${at} >= expires_at then 'expired'
          when ${hash} = any(missed) then 'missed_before'
          when failed_checks >= ${maxChecks} then 'max_checks_reached'
          when "to" = any(${rightFor}::text[]) then 'approved'
          else 'miss'
        end as verdict
      from row
    ), moved as (
      update verification v set
        status = case when d.verdict = 'approved' then 'approved'
          when d.failed_checks + 1 >= ${maxChecks} then 'max_checks_reached' else v.status end,
        failed_checks = d.failed_checks + (d.verdict = 'miss')::int,
        missed = case when d.verdict = 'miss' then v.missed || ${hash} else v.missed end,
        approved_hash = case when d.verdict = 'approved' then ${hash} end,
        approved_at = case when d.verdict = 'approved' then ${at} end
      from decided d where v.id = d.id and d.verdict in ('approved', 'miss')
      returning v.failed_checks
    )
    select d.id as "verificationId", d.verdict, greatest(0, ${maxChecks} - coalesce(m.failed_checks, d.failed_checks)) as "checksLeft",
      null::uuid as "messageId", null::text as "messageSid", false as "isKept", null::int as wait
    from decided d left join moved m on true`;
  if (decision) {
    const { verificationId, verdict, checksLeft } = decision;
    log().info({ action, verificationId, verdict, checksLeft }, "tracked action of a test number");
  }
  return decision;
}
