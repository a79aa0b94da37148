/**
 * Breakers: a destination whose unanswered messages were too many is refused, and opened again by degrees as confirmations come, as TCP begins
 * slowly after a loss. The functions `breaker_…` of the database keep them (prisma/structure.sql).
 */
import { now } from "../clock";
import { db } from "../db";
import type { BreakerState, BreakerStepName } from "../terms/rules";

export interface Breaker {
  /** A country, a network of it or a block. */
  place: string;
  state: BreakerState;
  openedAt: Date;
  /** How many messages may be sent at once; without room, one may be tried at `nextTryAt`. */
  room: number;
  nextTryAt: Date;
  /** How many were confirmed since, and with how many it closes. */
  confirmed: number;
  needed: number;
}

/** Those that are not closed, the newest first. */
export function readBreakers(): Promise<Breaker[]> {
  // What nothing was sent to for a day is closed by the next message.
  return db().$queryRaw<Breaker[]>`
    select subject as place, case when tries = 0 then 'open' else 'half_open' end as state, opened_at as "openedAt", room,
      next_try_at as "nextTryAt", answered as confirmed, needed
    from exposure, lateral exposure_counts(slots, sent, confirmed, failed, ${now()}::timestamptz) c
    where opened_at is not null and (c.sent_day > 0 or opened_at > ${now()}::timestamptz - interval '25 hours')
    order by opened_at desc, subject`;
}

export interface BreakerStep {
  place: string;
  at: Date;
  step: BreakerStepName;
  /** What it was opened for: so many unanswered, of so many that may be. Of the other steps they are 0 and what may be now. */
  unanswered: number;
  allowed: number;
  /** How many were confirmed since it opened. */
  confirmed: number;
}

export const MOST_STEPS = 100;

/** The newest first; they are kept for 30 days. */
export function readBreakerSteps(most = MOST_STEPS): Promise<BreakerStep[]> {
  return db().$queryRaw<BreakerStep[]>`
    select place, at, step, unanswered, allowed, confirmed from breaker_step order by id desc limit ${most}::int`;
}
