/**
 * The limits of a message, of whatever kind: a start's, a resend's, and one that only seems to be sent; and of a notice.
 */
import { sql, type Sql } from "../db";
import { env } from "../env";
import { DAY_SECONDS } from "../terms/durations";
import { refusal, type Quota, type Refusal } from "../errors";
import { askGuard, countKnown, isOpen, lockKnown, untilAllowed, waitUntil, type Budgets } from "./guard";
import { sendBudgets } from "./budgets";
import { decideSend, keepDecision, PROTECTED_COLUMNS, protectedRefusal, type Protected } from "./protect";
import { AFTER_PASSWORD } from "./circle";
import {
  drawQuotas,
  lookAtQuotas,
  MESSAGES_FROM_ADDRESS,
  MESSAGES_OF_BROWSER,
  MESSAGES_OF_KNOWN_FROM_ADDRESS,
  messagesInAll,
  messagesOfKnown,
  queueAt,
  type Limit,
} from "./quota";

/** Seconds to wait for each limit that refuses; null where none has to. */
export interface Waits extends Protected {
  gapWait: number | null;
  numberWait: number | null;
  browserWait: number | null;
  addressWait: number | null;
  allWait: number | null;
}

interface SendLimits {
  /** CTEs, to come after `asking`. The last, `drawn`, has a row when all limits allow the message, and are drawn on. */
  steps: Sql;
  /** Columns: `Waits`. */
  waits: Sql;
}

/** The keys of `queueAt`, in the order in which everything that is sent queues. */
function queueForAll(number: Sql, browser: Sql, address: Sql): Sql {
  return queueAt(
    sql`'number ' || ${number}`,
    sql`'browser ' || encode(${browser}, 'hex')`,
    sql`'address ' || ${address}`,
    messagesInAll() ? sql`'messages in all'` : sql`null`,
  );
}

interface Message {
  /** An expression for the id of its verification. */
  verification: Sql;
  /** False for one that only seems to be sent. */
  isSent?: boolean;
}

/**
 * A message that one limit refuses uses up nothing of another.
 *
 * @param asking a CTE with at most one row: `number`, `circle`, and the columns of `askerColumns` and `placeColumns`
 */
export function sendLimits(asking: Sql, moment: Date, { verification, isSent = true }: Message): SendLimits {
  const budgets: Budgets = { ...sendBudgets(), gap: env().RESEND_AFTER_SECONDS };
  const unknown = sql`not exists (select from known)`;
  const queued = sql`queued`;
  const locks = queueForAll(sql`a.number`, sql`a.known`, sql`a.address`);
  const inAll = messagesInAll();
  // Whoever has the right password is no stranger: neither are they to use up what that one needs.
  const stranger = sql`(${unknown} and queued.circle <> ${AFTER_PASSWORD})`;
  const ofUnknown = (subject: Sql) => sql`case when ${stranger} then ${subject} end`;
  const ofKnown = (subject: Sql) => sql`case when not ${stranger} then ${subject} end`;
  const quotas = lookAtQuotas(
    [
      { limit: MESSAGES_FROM_ADDRESS, subject: ofUnknown(sql`queued.address`) },
      { limit: MESSAGES_OF_KNOWN_FROM_ADDRESS, subject: ofKnown(sql`queued.address`) },
      { limit: MESSAGES_OF_BROWSER, subject: sql`(select encode(known.browser, 'hex') from known)` },
      { limit: messagesOfKnown(), subject: ofKnown(sql`queued.number`) },
      ...(inAll
        ? [
            { limit: inAll.unknown, subject: ofUnknown(sql`'all'::text`) },
            { limit: inAll.known, subject: ofKnown(sql`'all'::text`) },
          ]
        : []),
    ],
    moment,
    queued,
  );
  const allowed = sql`(exists (select from guarded) or exists (select from counted))`;
  // One that is there has been decided, and only where no limit is reached.
  const free = sql`exists (select from protected where verdict <> 'refused')`;
  const refusedByGuard = sql`${unknown} and ${free} and not exists (select from guarded)`;
  const reached = (...limits: (Limit | undefined)[]) =>
    sql`(select max(wait) from reached where name = any(${limits.flatMap((limit) => limit?.name ?? [])}::text[]))`;
  return {
    steps: sql`
      queued as materialized (select a.*, ${locks} as locks from ${asking} a),
      known as materialized (${lockKnown("sent", queued, budgets, moment)}),
      ${quotas},
      protected as materialized (${decideSend(queued, moment, sql`not exists (select from reached)`)}),
      guarded as (${askGuard("sent", queued, budgets, moment, { condition: sql`${unknown} and ${free}` })}),
      counted as (${countKnown("sent", sql`known`, moment, sql`${isOpen(sql`k0`, moment)} and ${free}`)}),
      taken as (${drawQuotas(moment, allowed)}),
      drawn as (
        select from queued where ${allowed} and (select count(*) from asked) = (select count(*) from taken)
      ),
      held as (
        select gap_until, budget_until from known
        union all (${untilAllowed("sent", queued, budgets, moment, refusedByGuard)})
      ),
      ${keepDecision(queued, { moment, verification, counts: isSent })}`,
    waits: sql`
      (select ${waitUntil(sql`gap_until`, moment)} from held) as "gapWait",
      greatest((select ${waitUntil(sql`budget_until`, moment)} from held), ${reached(messagesOfKnown())}) as "numberWait",
      ${reached(MESSAGES_OF_BROWSER)} as "browserWait",
      ${reached(MESSAGES_FROM_ADDRESS, MESSAGES_OF_KNOWN_FROM_ADDRESS)} as "addressWait",
      ${reached(inAll?.unknown, inAll?.known)} as "allWait", ${PROTECTED_COLUMNS}`,
  };
}

/**
 * CTEs that draw on the limits of a notice: those that the browsers its number knows have together, and their share of all messages. It
 * follows from an approval only, so strangers have no part in it. `drawn` has a row when they allow it, and `reached` the `wait` where
 * they do not.
 *
 * @param asking a CTE with at most one row: `number`
 */
export function noticeLimits(asking: Sql, moment: Date): Sql {
  const inAll = messagesInAll();
  const quotas = lookAtQuotas(
    [
      { limit: messagesOfKnown(), subject: sql`queued.number` },
      ...(inAll ? [{ limit: inAll.known, subject: sql`'all'::text` }] : []),
    ],
    moment,
    sql`queued`,
  );
  const none = sql`null`;
  return sql`
    queued as materialized (select a.*, ${queueForAll(sql`a.number`, sql`null::bytea`, none)} as locks from ${asking} a),
    ${quotas},
    taken as (${drawQuotas(moment, sql`not exists (select from reached)`)}),
    drawn as (select from queued where (select count(*) from asked) = (select count(*) from taken))`;
}

/** Why a message is not sent, in words. */
export function limitReached({
  gapWait,
  numberWait,
  browserWait,
  addressWait,
  allWait,
  ...protection
}: Waits): Refusal {
  const refused = protectedRefusal(protection);
  if (refused) return refused;
  if (gapWait !== null) {
    return refusal("resend_too_soon", {
      retryAfter: gapWait,
      quota: { name: "gap", quota: 1, window: env().RESEND_AFTER_SECONDS },
      detail: `A message was sent to this number a moment ago; another one can be sent in ${gapWait} s.`,
    });
  }
  const [retryAfter, whose, quota] = usedUp({ numberWait, browserWait, addressWait, allWait });
  return refusal("too_many_starts", {
    retryAfter,
    quota,
    detail: `Too many messages were asked for, ${whose}; try again in ${retryAfter} s.`,
  });
}

/** Seconds to wait, whose limit it is, and the limit; of several the first that is named. */
function usedUp({
  numberWait,
  browserWait,
  addressWait,
  allWait,
}: Pick<Waits, "numberWait" | "browserWait" | "addressWait" | "allWait">): [number, string, Quota] {
  if (numberWait !== null) {
    return [
      numberWait,
      "to this number",
      { name: "number", quota: sendBudgets().together, window: DAY_SECONDS },
    ];
  }
  if (browserWait !== null) return [browserWait, "by this browser", quotaOf("browser", MESSAGES_OF_BROWSER)];
  if (addressWait !== null)
    return [addressWait, "from this address", quotaOf("address", MESSAGES_FROM_ADDRESS)];
  const inAll = messagesInAll()?.unknown ?? { burst: 1, everySeconds: 1 };
  return [allWait ?? 1, "in all", quotaOf("all", inAll)];
}

/** So many at once, and as many again once they have come one by one. */
function quotaOf(name: string, { burst, everySeconds }: Pick<Limit, "burst" | "everySeconds">): Quota {
  return { name, quota: burst, window: Math.ceil(burst * everySeconds) };
}
