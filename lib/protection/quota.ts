/**
 * First limits: how often a number, or an address, may be served.
 *
 * Each limit is one row per subject and one timestamp in it, the generic cell rate algorithm (ITU-T I.371, annex A): a
 * request moves the "theoretical arrival time" on by one interval and is refused while that time is more than a
 * burst ahead. So a limit is drawn on by an upsert, inside the statement that does what is limited: the row's lock
 * makes concurrent requests queue, and a refused one writes nothing.
 */
import { canonicalAddress } from "../client-address";
import { join, sql, type Sql } from "../db";
import { env } from "../env";
import { DAY_SECONDS } from "../terms/durations";

/** `burst` at once, then one every `everySeconds`. */
export interface Limit {
  name: string;
  burst: number;
  everySeconds: number;
}

/** The gap between two messages to one number, across its verifications. */
export function sendGap(): Limit {
  return { name: "sends_to_number", burst: 1, everySeconds: env().RESEND_AFTER_SECONDS };
}

/** Verifications started for one number: strangers may start them, and each may cost an SMS and a disturbed owner. */
export const STARTS_FOR_NUMBER: Limit = { name: "starts_for_number", burst: 20, everySeconds: 180 };

/** Verifications started from one client address; generous, since offices and carriers share one among many. */
export const STARTS_FROM_ADDRESS: Limit = { name: "starts_from_address", burst: 60, everySeconds: 20 };

/**
 * Wrong codes for one number across its verifications: 100 in a day (NIST SP 800-63B-4, section 3.2.2, caps consecutive
 * failures at 100). Beyond it, a check is still evaluated every `DELAYED_CHECK_SECONDS`, well within a code's lifetime:
 * a stranger's guesses slow the owner of the number down but never lock them out.
 */
export const FAILED_CHECKS: Limit = { name: "failed_checks", burst: 100, everySeconds: DAY_SECONDS / 100 };
export const DELAYED_CHECK_SECONDS = 120;

/** Tries to sign in to one number with a password. */
export const FAILED_PASSWORDS: Limit = {
  name: "password_tries",
  burst: 10,
  everySeconds: DELAYED_CHECK_SECONDS,
};

/** Rows untouched for longer than this say nothing any more: every bucket above has emptied by then. */
export const QUOTA_MEMORY_SECONDS = 2 * DAY_SECONDS;

/** A number of seconds as an interval. */
export function seconds(count: number): Sql {
  return sql`make_interval(secs => ${count}::float8)`;
}

/**
 * A CTE body that draws once on a limit: it returns a row when that was allowed, none when it was refused.
 *
 * @param subject an expression for whom the limit counts
 * @param from where `subject` comes from, and the condition under which to draw at all
 */
export function draw(limit: Limit, subject: Sql, now: Date, from: Sql): Sql {
  const interval = seconds(limit.everySeconds);
  return sql`
    insert into quota as q (name, subject, tat, used_at)
    select ${limit.name}, ${subject}, ${now}::timestamptz + ${interval}, ${now}::timestamptz ${from}
    on conflict (name, subject) do update
      set tat = greatest(q.tat, ${now}::timestamptz) + ${interval}, used_at = ${now}::timestamptz
      where q.tat <= ${now}::timestamptz + ${limit.burst - 1}::int * ${interval}
    returning 1`;
}

/**
 * A CTE body that locks the rows of several limits and returns those that are reached, as `name` and `wait`: the whole
 * seconds until it allows a draw again. A subject that is null counts for nothing.
 *
 * @param condition under which to look at all
 */
export function reachedLimits(limits: { limit: Limit; subject: Sql }[], now: Date, condition: Sql): Sql {
  const rows = limits.map(
    ({ limit, subject }) =>
      sql`(${limit.name}::text, ${subject}, ${seconds(limit.everySeconds * (limit.burst - 1))})`,
  );
  return sql`
    select held.name, greatest(1, ceil(extract(epoch from held.tat - held.ahead - ${now}::timestamptz)))::int as wait
    from (
      select q.name, q.tat, asked.ahead
      from (values ${join(rows)}) as asked (name, subject, ahead)
      join quota q on q.name = asked.name and q.subject = asked.subject
      where ${condition}
      order by q.name
      for update of q
    ) held
    where held.tat > ${now}::timestamptz + held.ahead`;
}

/**
 * An expression for the whole seconds until a refused limit allows a draw again, at least 1. It reads the statement's
 * snapshot: a draw that was refused by one that committed meanwhile is told the interval instead.
 */
export function secondsUntilAllowed(limit: Limit, subject: Sql, now: Date): Sql {
  return sql`greatest(1, ceil(extract(epoch from coalesce(
      (select tat - ${seconds(limit.everySeconds * (limit.burst - 1))} from quota
        where name = ${limit.name} and subject = ${subject} and tat > ${now}::timestamptz),
      ${now}::timestamptz + ${seconds(limit.everySeconds)}
    ) - ${now}::timestamptz)))::int`;
}

/**
 * A CTE body that counts a wrong secret against a number. Beyond the limit it stays at it, so that the number is not slowed down for
 * longer than its day.
 *
 * @param number an expression for the number
 * @param from where `number` comes from, and the condition under which to count at all
 */
export function countFailure(number: Sql, now: Date, from: Sql): Sql {
  const at = sql`${now}::timestamptz`;
  const interval = seconds(FAILED_CHECKS.everySeconds);
  return sql`
    insert into quota as q (name, subject, tat, used_at)
    select ${FAILED_CHECKS.name}, ${number}, ${at} + ${interval}, ${at} ${from}
    on conflict (name, subject) do update
      set tat = least(greatest(q.tat, ${at}) + ${interval}, ${at} + ${seconds(FAILED_CHECKS.everySeconds * FAILED_CHECKS.burst)}),
        used_at = ${at}`;
}

/**
 * A CTE body that locks a number's count of wrong secrets and returns, as `wait`, the whole seconds until its next check is
 * evaluated; null when that is now, no row when nothing was counted yet.
 */
export function delayOf(number: Sql, now: Date): Sql {
  const at = sql`${now}::timestamptz`;
  const full = seconds(FAILED_CHECKS.everySeconds * (FAILED_CHECKS.burst - 1));
  const evaluatedFrom = sql`used_at + ${seconds(DELAYED_CHECK_SECONDS)}`;
  return sql`
    select case when tat > ${at} + ${full} and ${at} < ${evaluatedFrom}
      then greatest(1, ceil(extract(epoch from ${evaluatedFrom} - ${at})))::int end as wait
    from quota where name = ${FAILED_CHECKS.name} and subject = ${number}
    for update`;
}

/** The subject an address is limited by: itself, or its /64 in IPv6, which is what one subscriber is given. */
export function addressSubject(address: string): string {
  const canonical = canonicalAddress(address) ?? address;
  if (!canonical.includes(":")) return canonical;
  const [head = "", tail] = canonical.split("::");
  const front = head.split(":").filter(Boolean);
  const back = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(8 - front.length - back.length).fill("0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
