/**
 * The decision about a tracked action, whichever it is: the transition everything else exists for.
 */
import { now } from "../clock";
import { empty, runInLine, sql, type Sql } from "../db";
import { idAt } from "../ids";
import { env } from "../env";
import { log } from "../log";
import { askerColumns, type Asker } from "../protection/asker";
import { GUESSABLE_MESSAGES, wrongBudgets } from "../protection/budgets";
import { circleOf } from "../protection/circle";
import { askGuard, countKnown, isOpen, lockKnown, untilAllowed, waitUntil } from "../protection/guard";
import { queueAtNumber, seconds } from "../protection/quota";
import { actionsThat } from "../terms/actions";
import { keepAnswer, keptAnswer, type KeptAnswer } from "./kept-answer";
import type { IdempotentRequest } from "./idempotency";
import type { TrackedAction } from "@/prisma/generated/enums";
import { LATE_SECONDS } from "../terms/limits";

/** An action that came back, and how to find what it belongs to. */
export interface TrackedEvent {
  action: TrackedAction;
  /** An expression for the verification's id; null when it belongs to none. */
  verification: Sql;
  /** A condition on the message `m` of the verification `v`: it holds for the one that led to the action, or for none. */
  message: Sql;
  /** The hash of the secret that came back; none where there is no secret. */
  secret?: Uint8Array<ArrayBuffer>;
  /** For so many seconds after its approval the same right secret again is `approved_before`. Only for who may have lost that answer. */
  againWithin?: number;
  /** Set where the program may repeat its request. Of one that came before nothing is decided. */
  idempotency?: IdempotentRequest;
  /** Who tries a secret. Without an address of its own, the start's counts. */
  asker?: Asker;
  /** CTEs that the verification's expression reads, each followed by a comma. */
  before?: Sql;
  /** CTEs that act on `moved`, which has the verification and the verdict; each preceded by a comma. */
  after?: Sql;
}

/**
 * - `approved`: in time. `late_hit`: the message did arrive, but nobody is let in.
 * - `approved_before`: the secret that was approved a moment ago, again. Nothing has happened a second time.
 * - `miss`, `late_miss`: no message's; counted where it could have been guessed.
 * - `missed_before`: a miss that was counted when it first came.
 * - The others: not evaluated.
 */
export type Verdict =
  | "approved"
  | "approved_before"
  | "miss"
  | "missed_before"
  | "late_hit"
  | "late_miss"
  | "already_used"
  | "canceled"
  | "wrong_action"
  | "expired"
  | "max_checks_reached"
  | "check_delayed";

export interface Decided {
  verificationId: string;
  verdict: Verdict;
  checksLeft: number;
  messageId: string | null;
  messageSid: string | null;
  /** Whether an answer to this is kept; without a key, none is. */
  isKept: boolean;
  /** Seconds until this asker's next check for the number is evaluated; only of `check_delayed`. */
  wait: number | null;
}

/** The request came before: nothing was done, and what was answered then is the answer. */
interface Repeated extends KeptAnswer {
  verdict: "repeated";
}

export type Decision = Decided | Repeated;

const GUESSABLE = new Set<TrackedAction>(actionsThat("guessable"));

/**
 * Decides about an action in one statement, which locks the verification, decides from the locked row, writes
 * verification, message and feedback, and always answers with its verdict. Concurrent ones queue at the lock, so that each is
 * decided on what the one before left and none is told something stale.
 *
 * A program's device, the check's or else the start's, is known to the number from an approval on.
 *
 * A right secret that comes up to 24 hours after expiry lets nobody in, but its message did arrive: Twilio is told.
 *
 * What can be guessed, a code and a temporary password, is evaluated only while its asker has a budget of wrong ones for the number
 * left, right or wrong alike: otherwise guessing were free. A link's token has 128 random bits and a reply no secret, so theirs
 * count for nothing.
 *
 * The same wrong secret again is told what it was told, and costs nothing: a person who presses Enter twice, or a browser that posts
 * twice, has guessed once. No later message gets a secret that was given wrong before (`resendVerification`), so it tells nothing either.
 *
 * What an earlier check left is read from the verification's locked row, never from other rows, which a check that has waited for the
 * lock sees as they were before.
 *
 * What was evaluated is kept for the message's page; a wrong token of a link, which anybody may try without end, is not.
 *
 * Locks are taken in this order everywhere: the verification, the number, its guard or its known browser, the message.
 *
 * @returns the decision; undefined when there is no such verification
 */
export async function decide(event: TrackedEvent): Promise<Decision | undefined> {
  const moment = now();
  const at = sql`${moment}::timestamptz`;
  const maxChecks = sql`${env().MAX_CHECKS}::int`;
  const guessable = GUESSABLE.has(event.action);
  const counted = sql`${guessable ? 1 : 0}::int`;
  const secret = sql`${event.secret ?? null}::bytea`;
  const unknown = sql`not exists (select from known)`;
  const budgets = wrongBudgets();
  const kept = event.idempotency
    ? keepAnswer(
        event.idempotency,
        {
          verificationId: sql`d.id`,
          messageId: sql`case when d.verdict in ('approved', 'approved_before') then coalesce(d.message_id, (
            select id from message m where m.verification_id = d.id and m.secret_hash = d.approved_hash)) end`,
          checksLeft: sql`greatest(0, ${maxChecks} - d.failed_checks - (d.verdict = 'miss')::int * ${counted})`,
        },
        sql`decided d where d.verdict in ('approved', 'approved_before', 'miss', 'missed_before')`,
      )
    : sql`select 1 where false`;

  const [decision] = await runInLine<Decision[]>(
    "decide",
    sql`
    with ${event.before ?? empty}
    ${event.idempotency ? sql`earlier as materialized (${keptAnswer(event.idempotency)}),` : empty} verification_row as materialized (
      select id, "to", country, action, status, failed_checks, missed, approved_at, approved_hash, sends, expires_at, asked_from, api_key,
        after_password, device
      from verification where id = ${event.verification} ${event.idempotency ? sql`and not exists (select from earlier)` : empty}
      for no key update
    ), hit as materialized (
      select m.id from verification_row v join message m on m.verification_id = v.id
      where ${event.message} ${guessable ? sql`and m.attempt > v.sends - ${GUESSABLE_MESSAGES}::int` : empty}
    ), weighed as materialized (
      select v.*, hit.id as message_id,
        case
          when v.action <> ${event.action}::tracked_action then 'wrong_action'
          when v.status = 'approved' then
            case when v.approved_hash = ${secret} and ${at} < v.approved_at + ${seconds(event.againWithin ?? 0)}
              then 'approved_before' else 'already_used' end
          when v.status = 'canceled' then 'canceled'
          when v.status = 'expired' or ${at} >= v.expires_at + ${seconds(LATE_SECONDS)} then 'expired'
          when hit.id is null and ${secret} = any(v.missed) then
            case when ${at} >= v.expires_at then 'expired' else 'missed_before' end
          when v.failed_checks >= ${maxChecks} or v.status = 'max_checks_reached' then
            case when ${at} >= v.expires_at then 'expired' else 'max_checks_reached' end
          when ${at} >= v.expires_at then case when hit.id is null then 'late_miss' else 'late_hit' end
          when hit.id is null then 'miss'
          else 'approved'
        end as verdict
      from verification_row v left join hit on true
    ), guess as materialized (
      select w."to" as number, coalesce(asker.address, w.asked_from) as address, coalesce(asker.browser, encode(w.device, 'hex')) as browser,
        coalesce(asker.known, w.device) as known, ${circleOf(sql`w`)} as circle,
        w.verdict in ('miss', 'late_miss') as wrong, ${queueAtNumber(sql`w."to"`)} as queued
      from weighed w, (select ${askerColumns(event.asker ?? {})}) asker
      where ${guessable} and w.verdict in ('approved', 'miss', 'late_hit', 'late_miss')
    ), known as materialized (
      ${lockKnown("wrong", sql`guess`, budgets, moment)}
    ), known_counted as (
      ${countKnown("wrong", sql`known`, moment, sql`${isOpen(sql`k0`, moment)} and (select wrong from guess)`)}
    ), guarded as (
      ${askGuard("wrong", sql`guess`, budgets, moment, { condition: unknown, counts: sql`a.wrong` })}
    ), held as materialized (
      select gap_until, budget_until from known k where not ${isOpen(sql`k`, moment)}
      union all (${untilAllowed("wrong", sql`guess`, budgets, moment, sql`${unknown} and not exists (select from guarded)`)})
      limit 1
    ), decided as materialized (
      select w.id, w."to", w.country, w.failed_checks, w.approved_hash, w.message_id,
        coalesce(${event.asker?.device ?? null}::bytea, w.device) as device, ${waitUntil(sql`held.budget_until`, moment)} as wait,
        case when not exists (select from held) then w.verdict
          when ${at} >= w.expires_at then 'expired' else 'check_delayed' end as verdict
      from weighed w left join held on true
    ), kept as (
      ${kept}
    ), moved as (
      update verification v set
        status = case
          when d.verdict = 'approved' then 'approved'
          when d.verdict = 'late_hit' then 'expired'
          when d.verdict = 'miss' and d.failed_checks + ${counted} >= ${maxChecks} then 'max_checks_reached'
          else v.status end,
        failed_checks = d.failed_checks + (d.verdict in ('miss', 'late_miss'))::int * ${counted},
        missed = case when ${guessable} and d.verdict in ('miss', 'late_miss') then v.missed || ${secret} else v.missed end,
        approved_hash = case when d.verdict = 'approved' then ${secret} end,
        approved_at = case when d.verdict = 'approved' then ${at} end
      from decided d
      where v.id = d.id and ${event.idempotency ? sql`exists (select from kept)` : sql`true`} and d.verdict in ('approved', 'miss', 'late_hit', 'late_miss')
      returning v.id, v.failed_checks, d.verdict, d.message_id, d."to", d.country, d.device, ${at} as at
    ), evaluated as (
      insert into evaluated_check (id, verification_id, at, verdict, message_id)
      select ${idAt(moment)}::uuid, id, ${at}, verdict, message_id from moved
      where ${guessable} or verdict in ('approved', 'late_hit')
    ), converted as (
      update message m set confirmed_at = moved.at, late = moved.verdict = 'late_hit'
      from moved where m.id = moved.message_id and coalesce(m.confirmed_at, moved.at) is distinct from m.confirmed_at
      returning m.id, m.sid
    ), due as (
      insert into feedback (message_id, due_at) select id, ${at} from converted
    ), acquainted as (
      insert into known_browser (number, browser, since, seen_at)
      select "to", device, ${at}, ${at} from moved where verdict = 'approved' and device is not null
      on conflict (number, browser) do update set seen_at = excluded.seen_at
    ) ${event.after ?? empty}
    ${
      event.idempotency
        ? sql`select null::uuid as "verificationId", 'repeated' as verdict, "checksLeft", "messageId", "messageSid", true as "isKept",
            null::int as wait, "sameRequest"
          from earlier union all`
        : empty
    }
    select d.id as "verificationId", d.verdict,
      greatest(0, ${maxChecks} - coalesce(moved.failed_checks, d.failed_checks)) as "checksLeft",
      converted.id as "messageId",
      coalesce(converted.sid, before.sid) as "messageSid",
      exists (select from kept) as "isKept",
      case when d.verdict = 'check_delayed' then d.wait end as wait, null::boolean as "sameRequest"
    from decided d left join moved on true left join converted on true
      left join message before on d.verdict = 'approved_before' and before.verification_id = d.id and before.secret_hash = d.approved_hash`,
  );
  if (decision && decision.verdict !== "repeated") {
    const { verificationId, verdict, messageId, checksLeft } = decision;
    log().info({ action: event.action, verificationId, verdict, messageId, checksLeft }, "tracked action");
  }
  return decision;
}
