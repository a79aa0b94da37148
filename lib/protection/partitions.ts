/**
 * The partitions of decisions: a table for each day, made before it begins and dropped whole when it is old.
 */
import { now, secondsAfter } from "../clock";
import { db, raw, sql } from "../db";
import { DAY, DAY_SECONDS } from "../terms/durations";
import { log } from "../log";

/** Decisions are kept for so many days. */
export const DECISION_DAYS = 30;

/**
 * So many days are made before they begin: that one could not be made today does no harm. Never the day that it is: a decision that waits for the
 * table of all others while its day is made one of its own would be refused by it.
 */
const DAYS_AHEAD = 3;

/** The advisory lock of whoever makes and drops them. */
const LOCK = 72_707_371;

/** Whoever decides waits no longer than this for a partition; it is tried again. */
const LOCK_TIMEOUT_MS = 500;

const PREFIX = "decision_day_";

/** `decision_day_20261126` */
function nameOf(day: Date): string {
  return PREFIX + day.toISOString().slice(0, 10).replaceAll("-", "");
}

/**
 * Makes the partitions of the days that come, and drops those that are old. A role that may not do so leaves all decisions in one table, whose old
 * ones are deleted.
 */
export async function keepPartitions(): Promise<void> {
  const today = new Date(Math.floor(now().getTime() / DAY) * DAY);
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
    const made = await makeDay(secondsAfter(today, ahead * DAY_SECONDS)).catch((err: unknown) => {
      log().warn({ err }, "a day's decisions have no table of their own yet; it will be tried again");
      return false;
    });
    if (!made) break;
  }
  const kept = secondsAfter(today, -DECISION_DAYS * DAY_SECONDS);
  await dropBefore(nameOf(kept)).catch((err: unknown) => {
    log().warn({ err }, "old decisions were not dropped; it will be tried again");
  });
  await db().$executeRaw`delete from decision_other where at < ${kept}::timestamptz`;
}

/** What fell into the table of all others, by a clock that is ahead, moves into the new one. @returns whether it is there */
async function makeDay(day: Date): Promise<boolean> {
  const name = raw(nameOf(day));
  const end = secondsAfter(day, DAY_SECONDS);
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${raw(String(LOCK))})`;
    const [{ exists }] = await tx.$queryRaw<[{ exists: boolean }]>`
      select to_regclass(${nameOf(day)}) is not null as exists`;
    if (exists) return;
    await tx.$executeRaw`set local lock_timeout = ${raw(String(LOCK_TIMEOUT_MS))}`;
    await tx.$executeRaw`lock table decision_other in access exclusive mode`;
    await tx.$executeRaw`create table ${name} (like decision including defaults including constraints)`;
    await tx.$executeRaw`
      with moved as (delete from decision_other where at >= ${day}::timestamptz and at < ${end}::timestamptz returning *)
      insert into ${name} select * from moved`;
    await tx.$executeRaw`alter table decision attach partition ${name}
      for values from (${literal(day)}) to (${literal(end)})`;
  });
  return true;
}

/** DDL takes no parameters. */
function literal(day: Date) {
  return raw(`'${day.toISOString()}'`);
}

async function dropBefore(first: string): Promise<void> {
  const old = await db().$queryRaw<{ name: string }[]>`
    select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'decision'::regclass and c.relname like ${`${PREFIX}%`} and c.relname < ${first}`;
  for (const { name } of old) {
    await db().$transaction([
      db().$executeRaw(sql`set local lock_timeout = ${raw(String(LOCK_TIMEOUT_MS))}`),
      db().$executeRaw(sql`drop table if exists ${raw(`"${name}"`)}`),
    ]);
  }
}
