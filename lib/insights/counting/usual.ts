/**
 * What is usual of destinations, worked out from the cells: how many are confirmed on a good day, how many stay unanswered where nothing is
 * wrong, and what a message costs. What an attack does of late changes little of it.
 */
import { now, secondsAfter } from "../../clock";
import { db, sql } from "../../db";
import { floor } from "./spans";
import { DAY_SECONDS } from "../../terms/durations";

/** Whole days, the newest of which is yesterday. */
const DAYS = 14;

/** With fewer messages in these days nobody knows what is usual; then half of what is confirmed may stay unanswered. */
const LEAST_MESSAGES = 100;
const UNKNOWN_SHARE = 0.5;

/**
 * Twice the part that stays unanswered on the middle one of the days, so that chance refuses nobody; and never above all of it. The middle one,
 * since a week of pumping is not what is usual.
 */
const MARGIN = 2;
const SHARES = { least: 0.3, most: 1 } as const;

/** A day with fewer messages says nothing of its part. */
const LEAST_OF_DAY = 10;

/** Works it out anew. Statements that decide read these rows without a lock, and see those of before until this has ended. */
export async function workOutUsual(): Promise<void> {
  const to = floor("day", now());
  const from = secondsAfter(to, -DAYS * DAY_SECONDS);
  const unanswered = sql`greatest(0, attempted - errors - confirmed)`;
  await db().$executeRaw`
    with day as (
      select case scope when 'world' then '' when 'country' then country else country || ':' || network end as place, at,
        sum(attempted) as attempted, sum(errors) as errors, sum(confirmed) as confirmed, sum(usd_priced) as priced, sum(usd_amount) as amount
      from cell
      where scope in ('world', 'country', 'network') and span = 'day' and at >= ${from}::timestamptz and at < ${to}::timestamptz
        and (scope <> 'network' or network <> '')
      group by 1, 2
    ), of_place as (
      select place, max(confirmed)::int as most_confirmed,
        case when sum(attempted) < ${LEAST_MESSAGES}::int then ${UNKNOWN_SHARE}::float8
          else least(${SHARES.most}::float8, greatest(${SHARES.least}::float8, coalesce(${MARGIN}::float8 * percentile_cont(0.5) within group (
            order by ${unanswered}::float8 / greatest(1, confirmed)) filter (where attempted >= ${LEAST_OF_DAY}::int), ${UNKNOWN_SHARE}::float8))) end as share,
        (abs(sum(amount)) / nullif(sum(priced), 0) / 100000)::float8 as price
      from day group by place
    ), gone as (
      delete from usual where place not in (select place from of_place)
    )
    insert into usual as u (place, most_confirmed, share, price)
    select place, most_confirmed, share, price from of_place order by place
    on conflict (place) do update set most_confirmed = excluded.most_confirmed, share = excluded.share,
      price = coalesce(excluded.price, u.price)`;
}
