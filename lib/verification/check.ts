/**
 * Checks a code: the transition everything else exists for.
 */
import { now } from "../clock";
import { db, sql } from "../db";
import { env } from "../env";
import type { Refusal } from "../errors";
import { log } from "../log";
import { DELAYED_CHECK_SECONDS, FAILED_CHECKS } from "../protection/quota";
import { LATE_SECONDS } from "./rules";
import { secretHash } from "./secrets";

/**
 * - `approved`: the code was right, and `messageSid` is the message it came with; null while Twilio's answer to that
 *   message is still missing.
 * - `pending`: it was wrong, and there are tries left.
 * - `max_checks_reached`: it was wrong, and the last try.
 */
export type CheckResult =
  | { status: "approved"; messageSid: string | null }
  | { status: "pending"; checksLeft: number }
  | { status: "max_checks_reached"; checksLeft: 0 };

type Verdict =
  | "approved"
  | "miss"
  | "late_hit"
  | "late_miss"
  | "already_used"
  | "canceled"
  | "wrong_action"
  | "expired"
  | "max_checks_reached"
  | "check_delayed";

interface Decided {
  verdict: Verdict;
  checksLeft: number;
  messageId: string | null;
  messageSid: string | null;
  /** Seconds until this number's next check is evaluated; only of `check_delayed`. */
  wait: number | null;
}

/**
 * Checks a code against all messages of a verification; the one whose secret it is has converted, and its feedback is due.
 *
 * A right code that comes up to 24 hours after expiry answers `expired` like any other and lets nobody in, but its message
 * did arrive: Twilio is told.
 *
 * @param code as `normalizeCode` left it
 * @returns the result, or why nothing was evaluated: `not_found`, `expired` (before `max_checks_reached`),
 *   `max_checks_reached`, `already_used`, `canceled`, `wrong_action`, `check_delayed`
 */
export async function checkVerification(id: string, code: string): Promise<CheckResult | Refusal> {
  const decided = await decide(id, code);
  if (!decided) return { problem: "not_found", detail: "There is no verification with this id." };
  const { verdict, checksLeft, messageId, messageSid } = decided;
  log().info({ verificationId: id, verdict, messageId, checksLeft }, "check");
  switch (verdict) {
    case "approved":
      return { status: "approved", messageSid };
    case "miss":
      return checksLeft > 0
        ? { status: "pending", checksLeft }
        : { status: "max_checks_reached", checksLeft: 0 };
    case "late_hit":
    case "late_miss":
    case "expired":
      return { problem: "expired", detail: "This code is no longer valid. Start a new verification." };
    case "max_checks_reached":
      return {
        problem: "max_checks_reached",
        detail: "This verification has no tries left. Start a new verification.",
      };
    case "check_delayed": {
      const retryAfter = decided.wait ?? DELAYED_CHECK_SECONDS;
      return {
        problem: "check_delayed",
        retryAfter,
        detail: `Too many wrong codes for this number in the last day; try again in ${retryAfter} s.`,
      };
    }
    case "already_used":
      return { problem: "already_used", detail: "This verification was approved before." };
    case "canceled":
      return { problem: "canceled", detail: "This verification was canceled." };
    case "wrong_action":
      return { problem: "wrong_action", detail: "This verification is not answered with a code." };
  }
}

/**
 * One statement, which locks the verification, decides from the locked row, writes verification, message and feedback,
 * and always answers with its verdict. Concurrent checks queue at the lock, so that each is decided on what the one before left
 * and none is told something stale.
 *
 * `failures` is the number's count of wrong codes over its verifications. It is locked after the verification, and by
 * nothing that holds a message.
 */
async function decide(id: string, code: string): Promise<Decided | undefined> {
  const at = sql`${now()}::timestamptz`;
  const maxChecks = sql`${env().MAX_CHECKS}::int`;
  const hash = secretHash(id, code);
  const seconds = (count: number) => sql`make_interval(secs => ${count}::float8)`;
  const failureInterval = seconds(FAILED_CHECKS.everySeconds);
  const failureBurst = seconds(FAILED_CHECKS.everySeconds * FAILED_CHECKS.burst);

  const [decided] = await db().$queryRaw<Decided[]>`
    with verification_row as materialized (
      select id, "to", action, status, failed_checks, expires_at
      from verification where id = ${id}::uuid
      for no key update
    ), failures as materialized (
      select tat, used_at from quota
      where name = ${FAILED_CHECKS.name} and subject = (select "to" from verification_row)
      for update
    ), hit as materialized (
      select m.id from verification_row v join message m on m.verification_id = v.id
      where m.secret_hash = ${hash}::bytea
    ), decided as materialized (
      select v.*, hit.id as message_id, failures.used_at + ${seconds(DELAYED_CHECK_SECONDS)} as evaluated_from,
        case
          when v.action <> 'code' then 'wrong_action'
          when v.status = 'approved' then 'already_used'
          when v.status = 'canceled' then 'canceled'
          when v.status = 'expired' or ${at} >= v.expires_at + ${seconds(LATE_SECONDS)} then 'expired'
          when v.failed_checks >= ${maxChecks} or v.status = 'max_checks_reached' then
            case when ${at} >= v.expires_at then 'expired' else 'max_checks_reached' end
          when failures.tat > ${at} + ${failureBurst} - ${failureInterval}
            and ${at} < failures.used_at + ${seconds(DELAYED_CHECK_SECONDS)} then
            case when ${at} >= v.expires_at then 'expired' else 'check_delayed' end
          when ${at} >= v.expires_at then case when hit.id is null then 'late_miss' else 'late_hit' end
          when hit.id is null then 'miss'
          else 'approved'
        end as verdict
      from verification_row v left join hit on true left join failures on true
    ), moved as (
      update verification v set
        status = case
          when d.verdict = 'approved' then 'approved'
          when d.verdict = 'late_hit' then 'expired'
          when d.verdict = 'miss' and d.failed_checks + 1 >= ${maxChecks} then 'max_checks_reached'
          else v.status end,
        failed_checks = d.failed_checks + (d.verdict in ('miss', 'late_miss'))::int,
        approved_at = case when d.verdict = 'approved' then ${at} end
      from decided d
      where v.id = d.id and d.verdict in ('approved', 'miss', 'late_hit', 'late_miss')
      returning v.failed_checks, d.verdict, d.message_id, d."to"
    ), counted as (
      insert into quota as q (name, subject, tat, used_at)
      select ${FAILED_CHECKS.name}, "to", ${at} + ${failureInterval}, ${at} from moved
      where verdict in ('miss', 'late_miss')
      on conflict (name, subject) do update
        set tat = least(greatest(q.tat, ${at}) + ${failureInterval}, ${at} + ${failureBurst}), used_at = ${at}
    ), converted as (
      update message m set confirmed_at = ${at}, late = moved.verdict = 'late_hit'
      from moved where m.id = moved.message_id and m.confirmed_at is null
      returning m.id, m.sid
    ), due as (
      insert into feedback (message_id, due_at) select id, ${at} from converted
    )
    select d.verdict,
      greatest(0, ${maxChecks} - coalesce(moved.failed_checks, d.failed_checks)) as "checksLeft",
      converted.id as "messageId",
      converted.sid as "messageSid",
      case when d.verdict = 'check_delayed'
        then greatest(1, ceil(extract(epoch from d.evaluated_from - ${at})))::int end as wait
    from decided d left join moved on true left join converted on true`;
  return decided;
}
