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

/** `burst` at once, then one every `everySeconds`. */
export interface Limit {
  name: string;
  burst: number;
  everySeconds: number;
}

/** Messages asked for from one client address; generous, since offices and carriers share one among many. */
export const MESSAGES_FROM_ADDRESS: Limit = { name: "messages_from_address", burst: 60, everySeconds: 20 };

/** All messages together, where MAX_MESSAGES_PER_HOUR bounds them: so many at once, and then as many an hour, evenly. */
export function messagesInAll(): Limit | null {
  const most = env().MAX_MESSAGES_PER_HOUR;
  return most === undefined
    ? null
    : { name: "messages_in_all", burst: most, everySeconds: HOUR_SECONDS / most };
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
  /** An expression for whether it may refuse; one that may not counts all the same. */
  binding?: Sql;
}

/**
 * CTEs that look at several limits: `asked`, and `reached` with the `name` and `wait` (whole seconds) of each that refuses.
 *
 * @param queued a CTE that holds the advisory locks of all subjects, so that nobody waits for these rows in another order
 */
export function lookAtQuotas(limits: Drawn[], moment: Date, queued: Sql): Sql {
  const at = sql`${moment}::timestamptz`;
  const rows = limits.map(
    ({ limit, subject, binding = sql`true` }) =>
      sql`(${limit.name}::text, ${subject}, ${seconds(limit.everySeconds)}, ${seconds(limit.everySeconds * (limit.burst - 1))}, ${binding})`,
  );
  const none = sql`(null::text, null::text, null::interval, null::interval, false)`;
  return sql`
    asked as materialized (
      select asked.* from ${queued}, lateral (values ${join([...rows, none])})
        as asked (name, subject, every, ahead, binding)
      where subject is not null
    ), reached as materialized (
      select held.name, greatest(1, ceil(extract(epoch from held.tat - held.ahead - ${at})))::int as wait
      from (
        select q.name, q.tat, asked.ahead, asked.binding
        from asked join quota q on q.name = asked.name and q.subject = asked.subject
        order by q.name
        for update of q
      ) held
      where held.binding and held.tat > ${at} + held.ahead
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
      where (select not a.binding or q.tat <= ${at} + a.ahead from asked a where a.name = q.name)
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
