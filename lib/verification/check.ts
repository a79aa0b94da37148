/**
 * Checks a secret that came back: a code, a link's token, a temporary password.
 */
import { now } from "../clock";
import { db, empty, sql, type Sql } from "../db";
import { env } from "../env";
import { NO_SUCH_VERIFICATION, refusal, type Refusal } from "../errors";
import { askerColumns, type Asker } from "../protection/asker";
import { circleOf } from "../protection/circle";
import { WINDOW_SECONDS, wrongBudgets } from "../protection/budgets";
import { isOpen, lockKnown, untilAllowed } from "../protection/guard";
import { secretHash } from "../secrets";
import type { ActionThat } from "../terms/actions";
import { MINUTE_SECONDS } from "../terms/durations";
import { decide, type Decided } from "./decide";
import { findKeptAnswer, type KeptAnswer } from "./kept-answer";
import { keyReused, type IdempotentRequest } from "./idempotency";
import { IDEMPOTENCY_SECONDS } from "./rules";
import { verificationOfToken } from "./secrets";
import { isTestVerification } from "./test-ids";
import { decideTest } from "./test-verification";
import { idOf, type Starter } from "./verification";

/**
 * - `approved`: the secret was right, and `messageSid` is the message it came with; null while Twilio's answer to that
 *   message is still missing. `again`: it was approved a moment ago, and whoever asks again may have lost that answer.
 * - `pending`: it was wrong, and there are tries left.
 * - `max_checks_reached`: it was wrong, and the last try.
 * - `refused`: it was not evaluated.
 */
export type CheckResult =
  | { outcome: "approved"; messageSid: string | null; again?: true }
  | { outcome: "pending"; checksLeft: number }
  | { outcome: "max_checks_reached"; checksLeft: 0 }
  | Refusal;

/** So long after an approval its starter may ask again for an answer that was lost. */
const AGAIN_SECONDS = MINUTE_SECONDS;

/** Who checks, and what else there is to know: without an address of its own, the start's counts. */
export interface CheckRequest extends Asker {
  /** Where given, only a verification that it started is found. */
  starter?: Starter;
  /** Set where the program may repeat its request. A repeat is looked at before any limit: it evaluates nothing, and is answered as before. */
  idempotency?: IdempotentRequest;
  /** What an approval does besides, in the same statement: see `TrackedEvent`. */
  after?: Sql;
  /** For how long the same right secret again answers as before; without, a minute for the starter, and not at all for anybody else. */
  againWithin?: number;
  /** Whether a right secret counts only when it is late: for what `awaitsSecret` said no to, and `after` is not ready for. */
  lateOnly?: boolean;
}

/**
 * Checks a secret against the messages of a verification; the one whose secret it is has converted, and its feedback is due.
 *
 * Whoever asks twice gets the same answer twice: the same wrong secret counts once, and the right one within a minute of its approval is
 * approved, for the program or browser that started the verification.
 *
 * @param secret as its normalizer left it
 * @returns the result, or why nothing was evaluated: `not_found`, `expired` (before `max_checks_reached`),
 *   `max_checks_reached`, `already_used`, `canceled`, `wrong_action`, `check_delayed`, `idempotency_key_reused`
 */
export async function checkVerification(
  id: string,
  secret: string,
  action: ActionThat<"returnsSecret"> = "code",
  request: CheckRequest = {},
): Promise<CheckResult> {
  const {
    starter,
    after,
    lateOnly,
    idempotency,
    againWithin = starter ? AGAIN_SECONDS : 0,
    ...asker
  } = request;
  const onlyLate = lateOnly ? sql`and v.expires_at <= ${now()}::timestamptz` : empty;
  const hash = secretHash(id, secret);
  if (isTestVerification(id)) {
    // Nothing is kept of what has no message: a repeat finds the same in the verification's own row.
    const within = idempotency ? IDEMPOTENCY_SECONDS : againWithin;
    const decided = await decideTest({ id, secret, action, starter, againWithin: within });
    return decided ? toResult(decided) : NO_SUCH_VERIFICATION;
  }
  const decision = await decide({
    action,
    verification: idOf(id, starter),
    message: sql`m.secret_hash = ${hash}::bytea ${onlyLate}`,
    secret: hash,
    againWithin,
    idempotency,
    asker,
    after,
  });
  if (decision?.verdict === "repeated") return toEarlierResult(decision);
  if (idempotency && !decision?.isKept) {
    // Another request with this key may have been first by a moment: then its answer is ours.
    const earlier = await findKeptAnswer(idempotency);
    if (earlier) return toEarlierResult(earlier);
  }
  return decision ? toResult(decision) : NO_SUCH_VERIFICATION;
}

function toEarlierResult({ sameRequest, messageId, messageSid, checksLeft }: KeptAnswer): CheckResult {
  if (!sameRequest) return keyReused();
  return messageId === null ? toMiss(checksLeft) : { outcome: "approved", messageSid, again: true };
}

function toMiss(checksLeft: number): CheckResult {
  return checksLeft > 0
    ? { outcome: "pending", checksLeft }
    : { outcome: "max_checks_reached", checksLeft: 0 };
}

/**
 * Whether a right secret would be taken now: the verification waits for one, and who asks has a budget left. No secret is looked at, so that
 * what is done on a yes tells nobody that theirs was right. Nothing is held by it: the check decides.
 */
export async function awaitsSecret(
  id: string,
  action: ActionThat<"returnsSecret">,
  { starter, after: _, lateOnly: __, againWithin: ___, idempotency: ____, ...asker }: CheckRequest,
): Promise<boolean> {
  const moment = now();
  const guess = sql`guess`;
  const budgets = wrongBudgets();
  const isUnknown = sql`not exists (select from known)
    and exists (select from number_guard g where g.number = a.number and g.circle = a.circle)`;
  const [{ awaits }] = await db().$queryRaw<[{ awaits: boolean }]>`
    with guess as materialized (
      select v."to" as number, coalesce(asker.address, v.asked_from) as address,
        coalesce(asker.browser, encode(v.device, 'hex')) as browser, coalesce(asker.known, v.device) as known,
        ${circleOf(sql`v`)} as circle
      from verification v, (select ${askerColumns(asker)}) asker
      where v.id = ${idOf(id, starter)} and v.action = ${action}::tracked_action and v.status = 'pending'
        and v.expires_at > ${moment}::timestamptz and v.failed_checks < ${env().MAX_CHECKS}::int
    ), known as materialized (
      ${lockKnown("wrong", guess, budgets, moment)}
    ), until as materialized (
      select gap_until, budget_until from known
      union all (${untilAllowed("wrong", guess, budgets, moment, isUnknown)})
    )
    select exists (select from guess) and not exists (select from until u where not ${isOpen(sql`u`, moment)}) as awaits`;
  return awaits;
}

/**
 * Opens a link, as a person.
 *
 * @param token of the link
 * @returns as `checkVerification`; a token nobody sent is `not_found`
 */
export async function openLink(token: string): Promise<CheckResult> {
  const id = verificationOfToken(token);
  const result = id ? await checkVerification(id, token, "link") : NO_SUCH_VERIFICATION;
  // Nobody was sent this one. That it begins with an id that exists is nothing to tell, and counts for nothing.
  return result.outcome === "pending" ? NO_SUCH_VERIFICATION : result;
}

function toResult({ verdict, checksLeft, messageSid, wait }: Decided): CheckResult {
  switch (verdict) {
    case "approved":
      return { outcome: "approved", messageSid };
    case "approved_before":
      return { outcome: "approved", messageSid, again: true };
    case "miss":
    case "missed_before":
      return toMiss(checksLeft);
    // A late hit looks like any other late try: it lets nobody in, so it tells nobody anything.
    case "late_hit":
    case "late_miss":
    case "expired":
      return refusal("expired", { detail: "This verification has expired. Start a new one." });
    case "max_checks_reached":
      return refusal(verdict, { detail: "This verification has no tries left. Start a new one." });
    case "check_delayed": {
      const retryAfter = wait ?? WINDOW_SECONDS;
      return refusal(verdict, {
        retryAfter,
        detail: `Too many wrong tries for this number in the last day; try again in ${retryAfter} s.`,
      });
    }
    case "already_used":
      return refusal(verdict, { detail: "This verification was approved before." });
    case "canceled":
      return refusal(verdict, { detail: "This verification was canceled." });
    case "wrong_action":
      return refusal(verdict, { detail: "This verification waits for another action." });
  }
}
