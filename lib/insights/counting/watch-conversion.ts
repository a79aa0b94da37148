/**
 * Watching: looks for conversion drops as quarter-hours become mature, and keeps what it finds in `alert`.
 */
import { now } from "../../clock";
import { db, join, sql } from "../../db";
import { idAt } from "../../ids";
import { DAY, QUARTER } from "../../terms/durations";
import type { History } from "../statistics/counted";
import { findDrops, HISTORY_NEEDED, type Drop } from "../statistics/drops";
import { matureUntil } from "./maturity";
import { floor } from "./spans";

/** A turn of watching goes on from where the last one ended, over no more than this; the first one of a long history takes several. */
const TURN_MS = 30 * DAY;

/**
 * Looks for drops in the quarter-hours that became mature since the last look, and brings the figures of open ones up to date.
 * Whoever writes first wins: another process that looked at the same time writes nothing.
 *
 * @returns whether there is more to look at
 */
export async function watchConversion(): Promise<boolean> {
  const mature = matureUntil();
  const [{ seen, first }] = await db().$queryRaw<[{ seen: Date; first: Date | null }]>`
    select (select at from watermark where name = 'alerts_to') as seen,
      (select min(at) from cell where scope = 'world' and span = 'quarter') as first`;
  if (!first) return false;
  const from = new Date(Math.max(seen.getTime(), first.getTime()));
  const to = new Date(Math.min(mature.getTime(), from.getTime() + TURN_MS));
  if (from >= to) return false;

  const last = await lastDrops();
  const histories = await historiesOf(new Date(from.getTime() - HISTORY_NEEDED * QUARTER), to, last);
  const drops = [...histories].flatMap(([country, history]) => {
    const begin = (from.getTime() - history.start.getTime()) / QUARTER;
    return findDrops(history, begin, last.get(country) ?? null).map((drop) => ({ ...drop, country }));
  });
  await keep(drops, seen, to);
  return to < mature;
}

/** Of each country the drop that began last. */
async function lastDrops(): Promise<Map<string, Drop>> {
  const rows = await db().alert.findMany({ distinct: "country", orderBy: { since: "desc" } });
  return new Map(
    rows.map(
      ({ country, since, openedAt, until, baselineAttempted, baselineConfirmed, attempted, confirmed }) => [
        country,
        {
          since,
          openedAt,
          until,
          baseline: { attempted: baselineAttempted, confirmed: baselineConfirmed },
          current: { attempted, confirmed },
        },
      ],
    ),
  );
}

/** Every destination's quarter-hours, from cells ∪ deltas in one statement. Further back where an open drop began earlier. */
async function historiesOf(from: Date, to: Date, last: Map<string, Drop>): Promise<Map<string, History>> {
  const open = [...last.values()].filter(({ until }) => until === null);
  const start = floor(
    "quarter",
    new Date(Math.min(from.getTime(), ...open.map(({ since }) => since.getTime()))),
  );
  const within = sql`at >= ${start}::timestamptz and at < ${to}::timestamptz`;
  const rows = await db().$queryRaw<{ country: string; quarters: Quarter[] }[]>`
    select country, json_agg(json_build_array(quarter, attempted, confirmed, asked, got_in)) as quarters
    from (
      select country, (extract(epoch from at - ${start}::timestamptz) / 900)::int as quarter,
        sum(attempted) as attempted, sum(confirmed - late) as confirmed,
        sum(verifications) as asked, sum(approved - recovered) as got_in
      from (
        select country, at, attempted, confirmed, late, verifications, approved, recovered from cell
        where scope = 'country' and span = 'quarter' and ${within}
        union all
        select country, at, attempted, confirmed, late, verifications, approved, recovered from delta where ${within}
      ) counted group by country, at
    ) quarters group by country`;
  const length = (to.getTime() - start.getTime()) / QUARTER;
  return new Map(rows.map(({ country, quarters }) => [country, historyOf(start, length, quarters)]));
}

type Quarter = [index: number, attempted: number, confirmed: number, asked: number, gotIn: number];

function historyOf(start: Date, length: number, quarters: readonly Quarter[]): History {
  const counts = () => new Int32Array(length);
  const people = { asked: counts(), gotIn: counts() };
  const history = { start, attempted: counts(), confirmed: counts(), people };
  for (const [i, attempted, confirmed, asked, gotIn] of quarters) {
    history.attempted[i] = attempted;
    history.confirmed[i] = confirmed;
    people.asked[i] = asked;
    people.gotIn[i] = gotIn;
  }
  return history;
}

async function keep(drops: (Drop & { country: string })[], seen: Date, to: Date): Promise<void> {
  const moved = sql`update watermark set at = ${to}::timestamptz
    where name = 'alerts_to' and at = ${seen}::timestamptz returning 1`;
  if (drops.length === 0) {
    await db().$executeRaw`${moved}`;
    return;
  }
  const rows = drops.map(
    ({ country, since, openedAt, until, baseline, current }) => sql`(
      ${idAt(now())}::uuid, ${country}, ${since}::timestamptz, ${openedAt}::timestamptz, ${until}::timestamptz,
      ${baseline.attempted}::int, ${baseline.confirmed}::int, ${current.attempted}::int, ${current.confirmed}::int)`,
  );
  await db().$executeRaw`
    with moved as (${moved})
    insert into alert (id, country, since, opened_at, until, baseline_attempted, baseline_confirmed, attempted, confirmed)
    select found.* from (values ${join(rows)}) found, moved
    on conflict (country, since) do update
      set until = excluded.until, attempted = excluded.attempted, confirmed = excluded.confirmed`;
}
