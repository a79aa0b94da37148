/**
 * The limits of a message, of whatever kind: a start's, a resend's, and one that only seems to be sent.
 */
import { sql, type Sql } from "../db";
import { env } from "../env";
import { refusal, type Refusal } from "../errors";
import { askGuard, countKnown, isOpen, lockKnown, untilAllowed, waitUntil, type Budgets } from "./guard";
import { sendBudgets } from "./budgets";
import { drawQuotas, lookAtQuotas, MESSAGES_FROM_ADDRESS, messagesInAll, queueAt } from "./quota";

/** Seconds to wait for each limit that refuses; null where none has to. */
export interface Waits {
  gapWait: number | null;
  numberWait: number | null;
  addressWait: number | null;
  allWait: number | null;
}

interface SendLimits {
  /** CTEs, to come after `asking`. The last, `drawn`, has a row when all limits allow the message, and are drawn on. */
  steps: Sql;
  /** Columns: `Waits`. */
  waits: Sql;
}

/** A message that one limit refuses uses up nothing of another. */
export function sendLimits(asking: Sql, moment: Date): SendLimits {
  const budgets: Budgets = { ...sendBudgets(), gap: env().RESEND_AFTER_SECONDS };
  const inAll = messagesInAll();
  const unknown = sql`not exists (select from known)`;
  const queued = sql`queued`;
  const locks = queueAt(
    sql`'number ' || a.number`,
    sql`'address ' || a.address`,
    inAll ? sql`'messages in all'` : sql`null`,
  );
  const quotas = lookAtQuotas(
    [
      { limit: MESSAGES_FROM_ADDRESS, subject: sql`case when ${unknown} then queued.address end` },
      // What a known browser has sent counts, and is not refused: strangers may have used it all up.
      ...(inAll ? [{ limit: inAll, subject: sql`'all'`, binding: unknown }] : []),
    ],
    moment,
    queued,
  );
  const allowed = sql`(exists (select from guarded) or exists (select from counted))`;
  const free = sql`not exists (select from reached)`;
  const refusedByGuard = sql`${unknown} and ${free} and not exists (select from guarded)`;
  return {
    steps: sql`
      queued as materialized (select a.*, ${locks} as locks from ${asking} a),
      known as materialized (${lockKnown("sent", queued, budgets, moment)}),
      ${quotas},
      guarded as (${askGuard("sent", queued, budgets, moment, { condition: sql`${unknown} and ${free}` })}),
      counted as (${countKnown("sent", sql`known`, moment, isOpen(sql`k0`, moment))}),
      taken as (${drawQuotas(moment, allowed)}),
      drawn as (
        select from queued where ${allowed} and (select count(*) from asked) = (select count(*) from taken)
      ),
      held as (
        select gap_until, budget_until from known
        union all (${untilAllowed("sent", queued, budgets, moment, refusedByGuard)})
      )`,
    waits: sql`
      (select ${waitUntil(sql`gap_until`, moment)} from held) as "gapWait",
      (select ${waitUntil(sql`budget_until`, moment)} from held) as "numberWait",
      (select wait from reached where name = ${MESSAGES_FROM_ADDRESS.name}) as "addressWait",
      (select wait from reached where name = ${inAll?.name ?? null}::text) as "allWait"`,
  };
}

/** Why a message is not sent, in words. */
export function limitReached({ gapWait, numberWait, addressWait, allWait }: Waits): Refusal {
  if (gapWait !== null) {
    return refusal("resend_too_soon", {
      retryAfter: gapWait,
      detail: `A message was sent to this number a moment ago; another one can be sent in ${gapWait} s.`,
    });
  }
  const retryAfter = numberWait ?? addressWait ?? allWait ?? 1;
  const whose =
    numberWait !== null ? "to this number" : addressWait !== null ? "from this address" : "in all";
  return refusal("too_many_starts", {
    retryAfter,
    detail: `Too many messages were asked for, ${whose}; try again in ${retryAfter} s.`,
  });
}
