/**
 * What is to be told and is due, and what became of it: the statements of its table.
 *
 * Taking a row moves its `due_at` past the longest its call can take, which is the lease: a worker that dies in between gives it back by doing
 * nothing. So everything is told at least once, and always under the same id, by which a receiver knows what it has. It is told again only where its
 * answer was lost, or whoever had it died before they could write it down.
 */
import { now, secondsAfter } from "../clock";
import { db, sql, type Sql } from "../db";
import { DAY_SECONDS, MINUTE_SECONDS } from "../terms/durations";
import type { TargetKind } from "../terms/events";
import type { Letter } from "./channels/channel";

/** Longer than a call takes. */
const LEASE_SECONDS = 20;

/** What one target takes at a time. */
const AT_A_TIME = 8;

/** For so long it is tried. */
const TRIED_FOR_SECONDS = 3 * DAY_SECONDS;

/** For so long it is kept what people were told, and programs, of which there may be several to each verification. */
const KEPT_SECONDS = 30 * DAY_SECONDS;
const KEPT_OF_PROGRAMS_SECONDS = TRIED_FOR_SECONDS + DAY_SECONDS;

/** How a target is kept. */
export interface Sealed {
  kind: TargetKind;
  address: string;
  secret: string | null;
  /** The secret before, as long as both sign. */
  previousSecret: string | null;
}

export interface Due extends Letter, Sealed {
  targetId: string;
  /** This one included. */
  tries: number;
}

/**
 * Takes what is due and no other worker has: of each target a few, of each thread the earliest only, and in a target's quiet hours what is critical
 * or for programs.
 *
 * @param busy targets that are left out
 */
export async function takeDue(busy: readonly string[]): Promise<Due[]> {
  const at = now();
  return db().$queryRaw<Due[]>`
    with due as materialized (
      select n.id, t.kind, t.address, t.secret, case when t.previous_until > ${at}::timestamptz then t.previous_secret end as previous_secret
      from notification_target t, lateral (
        select (${at}::timestamptz at time zone coalesce(t.quiet_zone, 'UTC'))::time as clock
      ) local, lateral (
        select coalesce(case when t.quiet_from < t.quiet_to then clock >= t.quiet_from and clock < t.quiet_to
          else clock >= t.quiet_from or clock < t.quiet_to end, false) as is_quiet
      ) quiet, lateral (
        select n.id from notification n
        where n.target_id = t.id and n.delivered_at is null and n.given_up_at is null and n.due_at <= ${at}::timestamptz
          and (not is_quiet or coalesce(n.severity = 'critical', true))
          and not exists (
            select from notification e
            where e.target_id = n.target_id and e.thread = n.thread and e.seq < n.seq and e.delivered_at is null and e.given_up_at is null)
        order by n.due_at, n.seq
        limit ${AT_A_TIME}::int
        for update skip locked
      ) n
      where (t.retry_at is null or t.retry_at <= ${at}::timestamptz) and t.id <> all(${busy}::uuid[])
    )
    update notification n set due_at = ${secondsAfter(at, LEASE_SECONDS)}::timestamptz, taken_at = ${at}::timestamptz, tries = n.tries + 1
    from due where n.id = due.id
    returning n.id, n.target_id as "targetId", due.kind, due.address, due.secret, due.previous_secret as "previousSecret", n.thread, n.type, n.said,
      n.written_at as "writtenAt", n.tries`;
}

/** Its receiver has it. */
export async function markDelivered({ id, targetId }: Due): Promise<void> {
  await db().$executeRaw`
    with delivered as (
      update notification set delivered_at = ${now()}::timestamptz, taken_at = null, error = null where id = ${id}::uuid and delivered_at is null
    )
    update notification_target set failures = 0, retry_at = null where id = ${targetId}::uuid and failures > 0`;
}

/** A target that fails is asked again after twice as long, and a minute at most: it is told soon after it is back. */
const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = MINUTE_SECONDS;

/**
 * Its receiver does not have it. It comes after what waits, so that one that its receiver cannot take keeps no other back. Where the target has
 * moved meanwhile, this says nothing of where it is now: that is tried at once.
 *
 * @param isFinal whether there is no use in trying again
 */
export async function markFailed(
  { id, targetId, address, tries, writtenAt }: Due,
  error: string,
  isFinal: boolean,
): Promise<void> {
  const at = now();
  const wait = Math.random() * Math.min(30 * MINUTE_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(tries, 16));
  const isTooOld = at >= secondsAfter(writtenAt, TRIED_FOR_SECONDS);
  // The target is locked before what it is told, as whoever changes it does.
  await db().$executeRaw`
    with same as materialized (
      select id from notification_target where id = ${targetId}::uuid and address = ${address} for no key update
    ), failed as (
      update notification set error = ${error}, taken_at = null,
        due_at = case when exists (select from same) then ${secondsAfter(at, wait)}::timestamptz else ${at}::timestamptz end,
        given_up_at = case when ${isTooOld}::boolean or ${isFinal}::boolean and exists (select from same) then ${at}::timestamptz end
      where id = ${id}::uuid and delivered_at is null
    )
    update notification_target t set failures = failures + 1,
      retry_at = ${at}::timestamptz + make_interval(secs => least(${LONGEST_WAIT_SECONDS}::float8, ${FIRST_WAIT_SECONDS} * 2 ^ least(failures, 16)))
    from same where t.id = same.id and not ${isFinal}::boolean`;
}

/**
 * CTEs that make what waits for the row of `changed` due at once, with that of which whoever took it has died; what is just under way is left to
 * whoever has it.
 */
export function waitsNoLonger(at: Date): Sql {
  return sql`hurried as (
      update notification n set due_at = case when coalesce(n.taken_at <= ${secondsAfter(at, -LEASE_SECONDS)}::timestamptz, true)
        then ${at}::timestamptz else n.due_at end
      from changed
      where n.target_id = changed.id and n.delivered_at is null and n.given_up_at is null and n.due_at > ${at}::timestamptz
    )`;
}

/** Deletes what was told long ago, and secrets that sign no more. */
export async function forgetNotifications(): Promise<void> {
  const [before, ofPrograms] = [KEPT_SECONDS, KEPT_OF_PROGRAMS_SECONDS].map((kept) =>
    secondsAfter(now(), -kept),
  );
  await db().$executeRaw`
    delete from notification where written_at < ${before}::timestamptz or severity is null and written_at < ${ofPrograms}::timestamptz`;
  await db().$executeRaw`
    update notification_target set previous_secret = null, previous_until = null where previous_until <= ${now()}::timestamptz`;
  await db().$executeRaw`delete from incident where cleared_at < ${before}::timestamptz`;
}

export interface Delivery {
  id: string;
  type: string;
  title: string;
  writtenAt: Date;
  tries: number;
  error: string | null;
  deliveredAt: Date | null;
  givenUpAt: Date | null;
}

const MOST_LISTED = 100;

/** What a target was told or is to be told, the newest first. */
export async function readDeliveries(targetId: string): Promise<Delivery[]> {
  return db().$queryRaw<Delivery[]>`
    select id, type, coalesce(said ->> 'title', type) as title, written_at as "writtenAt", tries, error, delivered_at as "deliveredAt",
      given_up_at as "givenUpAt"
    from notification where target_id = ${targetId}::uuid order by seq desc limit ${MOST_LISTED}::int`;
}
