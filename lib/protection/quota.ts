/**
 * Limits that count for an address, or for everybody: how often in the long run, over all numbers.
 *
 * Each limit is one row per subject and one timestamp in it, the generic cell rate algorithm (ITU-T I.371, annex A): a
 * request moves the "theoretical arrival time" on by one interval and is refused while that time is more than a
 * burst ahead. So a limit is drawn on by an upsert, inside the statement that does what is limited: the row's lock
 * makes concurrent requests queue, and a refused one writes nothing.
 */
import { join, sql, type Sql } from "../db";
import { env } from "../env";
import { DAY_SECONDS, HOUR_SECONDS } from "../terms/durations";
import { sendBudgets } from "./budgets";

/** `burst` at once, then one every `everySeconds`. */
export interface Limit {
  name: string;
  burst: number;
  everySeconds: number;
}

/**
 * Messages asked for from one client address; generous, since offices and carriers share one among many. One that is confirmed is given back (by
 * the trigger message_exposure, which knows how much): a bound is needed for those that are not.
 */
export const MESSAGES_FROM_ADDRESS: Limit = { name: "messages_from_address", burst: 60, everySeconds: 20 };

/**
 * Messages that known browsers ask for at one address. A bucket of their own, so that a stranger at the same address uses up nothing of it;
 * it is larger, since it is people who sign in, and bounds whoever signed in once to send from there what they like.
 */
export const MESSAGES_OF_KNOWN_FROM_ADDRESS: Limit = {
  name: "messages_of_known_from_address",
  burst: 240,
  everySeconds: 5,
};

/**
 * Messages that one browser asks for, to all the numbers that know it. It may sign in to a single one every hour, with a second message now
 * and then; somebody's second and third numbers are not asked for as often.
 */
export const MESSAGES_OF_BROWSER: Limit = {
  name: "messages_of_browser",
  burst: 60,
  everySeconds: DAY_SECONDS / 60,
};

/** Messages to one number of all browsers that it knows, and its notices: as much as two such browsers may have. */
export function messagesOfKnown(): Limit {
  const most = 2 * sendBudgets().known;
  return { name: "messages_of_known", burst: most, everySeconds: DAY_SECONDS / most };
}

/**
 * All messages together, where MAX_MESSAGES_PER_HOUR bounds them: so many at once, and then as many an hour, evenly. There are three such
 * shares, one of unknown askers, one of known browsers and notices, and one of answers to texts, and none uses up anything of another:
 * together they are the ceiling over everybody, three times the setting.
 */
export function messagesInAll(): { unknown: Limit; known: Limit; answers: Limit } | null {
  const most = env().MAX_MESSAGES_PER_HOUR;
  if (most === undefined) return null;
  const share = { burst: most, everySeconds: HOUR_SECONDS / most };
  return {
    unknown: { name: "messages_in_all", ...share },
    known: { name: "messages_of_known_in_all", ...share },
    answers: { name: "answers_in_all", ...share },
  };
}

/** Passwords tried for one number by a browser that it knows, by one unknown address, and by all of these together. */
export const PASSWORDS_OF_KNOWN: Limit = { name: "passwords_of_known", burst: 10, everySeconds: 120 };
export const PASSWORDS_OF_ONE: Limit = {
  name: "passwords_of_one",
  burst: 5,
  everySeconds: DAY_SECONDS / 5,
};
export const PASSWORDS_TOGETHER: Limit = {
  name: "passwords_together",
  burst: 30,
  everySeconds: DAY_SECONDS / 30,
};

/** Passwords tried from one unknown address, for whatever numbers. */
export const PASSWORDS_FROM_ADDRESS: Limit = { name: "passwords_from_address", burst: 30, everySeconds: 60 };

/** Passwords tried by all unknown browsers: many addresses with a try or two for each of many numbers. */
export const PASSWORDS_IN_ALL: Limit = { name: "passwords_in_all", burst: 1_000, everySeconds: 0.5 };

/** Rows untouched for longer than this say nothing any more: every bucket above has emptied by then. */
export const QUOTA_MEMORY_SECONDS = 2 * DAY_SECONDS;

/** A number of seconds as an interval. */
export function seconds(count: number): Sql {
  return sql`make_interval(secs => ${count}::float8)`;
}

/** A limit that is drawn on. */
export interface Drawn {
  limit: Limit;
  /** An expression for whom it counts; null where it does not apply. */
  subject: Sql;
}

/**
 * CTEs that look at several limits, each row as it is once its lock is had (in a CTE of its own, or the condition would be asked of the row
 * as it was when the statement began): `asked`, and `reached` with the `name` and `wait` (whole seconds) of each that refuses.
 *
 * @param queued a CTE that holds the advisory locks of all subjects, so that nobody waits for these rows in another order
 */
export function lookAtQuotas(limits: Drawn[], moment: Date, queued: Sql): Sql {
  const at = sql`${moment}::timestamptz`;
  const rows = limits.map(
    ({ limit, subject }) =>
      sql`(${limit.name}::text, ${subject}, ${seconds(limit.everySeconds)}, ${seconds(limit.everySeconds * (limit.burst - 1))})`,
  );
  const none = sql`(null::text, null::text, null::interval, null::interval)`;
  return sql`
    asked as materialized (
      select asked.* from ${queued}, lateral (values ${join([...rows, none])})
        as asked (name, subject, every, ahead)
      where subject is not null
    ), looked_at as materialized (
      select a.name, q.tat, a.ahead
      from (select * from asked order by name) a,
        lateral (select tat from quota where name = a.name and subject = a.subject for update) q
    ), reached as materialized (
      select name, greatest(1, ceil(extract(epoch from tat - ahead - ${at})))::int as wait
      from looked_at where tat > ${at} + ahead
    )`;
}

/**
 * A CTE body, after `lookAtQuotas`, that draws on all of them, and has a row for each: as many as `asked` when all allowed it. Of a row
 * that is not there yet, and so cannot be locked, the draw itself lets as many through as it may.
 *
 * @param condition under which to draw
 */
export function drawQuotas(moment: Date, condition: Sql): Sql {
  const at = sql`${moment}::timestamptz`;
  return sql`
    insert into quota as q (name, subject, tat, used_at)
    select name, subject, ${at} + every, ${at} from asked where ${condition} order by name
    on conflict (name, subject) do update
      set tat = greatest(q.tat, ${at}) + (excluded.tat - ${at}), used_at = ${at}
      where (select q.tat <= ${at} + a.ahead from asked a where a.name = q.name)
    returning name`;
}

/** An expression that takes advisory locks, in this order, and is their count; a key that is null is left out. */
export function queueAt(...keys: Sql[]): Sql {
  return sql`(
    select count(pg_advisory_xact_lock(hashtextextended(k.key, 0)))
    from unnest(array[${join(keys)}]::text[]) with ordinality as k(key, n) where k.key is not null)`;
}

/**
 * The same for what is done to a number: before any row of its guard or of the browsers it knows is locked, so that two of these browsers,
 * of which each has its own row and wants the other's, do not wait for each other.
 */
export function queueAtNumber(number: Sql): Sql {
  return queueAt(sql`'number ' || ${number}`);
}
