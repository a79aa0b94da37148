import { now, secondsAfter } from "../clock";
import { db } from "../db";
import { DAY_SECONDS, HOUR_SECONDS } from "../terms/durations";
import { WINDOW_SECONDS } from "./budgets";
import { QUOTA_MEMORY_SECONDS } from "./quota";

/** Counters that were not touched for longer than this have nothing of the last day in them. */
const EXPOSURE_SECONDS = 26 * HOUR_SECONDS;

/** Steps of breakers are kept as long as decisions. */
const STEP_MEMORY_SECONDS = 30 * DAY_SECONDS;

/** A browser that has not signed in to a number for this long is no longer known to it; its cookie lasts no longer. */
export const KNOWN_FOR_SECONDS = 365 * DAY_SECONDS;

/** Deletes the limits' rows that say nothing any more, and with them the numbers and addresses in them. */
export async function forgetSpentLimits(): Promise<void> {
  const at = now();
  const before = (seconds: number) => secondsAfter(at, -seconds);
  await db().$executeRaw`delete from quota where used_at < ${before(QUOTA_MEMORY_SECONDS)}::timestamptz`;
  await db().$executeRaw`delete from number_guard where touched_at < ${before(WINDOW_SECONDS)}::timestamptz`;
  await db().$executeRaw`delete from known_browser where seen_at < ${before(KNOWN_FOR_SECONDS)}::timestamptz`;
  await db().$executeRaw`
    select breaker_closed(scope, subject, ${at}::timestamptz) from exposure
    where touched_at < ${before(EXPOSURE_SECONDS)}::timestamptz and opened_at is not null`;
  await db().$executeRaw`delete from breaker_step where at < ${before(STEP_MEMORY_SECONDS)}::timestamptz`;
  // Whoever decides locks these rows in an order of its own: one that is locked is in use, and is not waited for.
  await db().$executeRaw`
    delete from exposure where ctid in (
      select ctid from exposure where touched_at < ${before(EXPOSURE_SECONDS)}::timestamptz for update skip locked)`;
}
