/**
 * Watching: looks for conversion drops as quarter-hours become mature, and keeps what it finds in `alert`.
 */
import { now } from "../../clock";
import { db, join, sql } from "../../db";
import { idAt } from "../../ids";
import { DAY, QUARTER } from "../../terms/durations";
import type { History } from "../statistics/counted";
import { findDrops, HISTORY_NEEDED, type Drop } from "../statistics/drops";
import { readHistories, without, type Place } from "./histories";
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
  const start = beginOf(new Date(from.getTime() - HISTORY_NEEDED * QUARTER), last);
  const begin = (from.getTime() - start.getTime()) / QUARTER;
  const drops = [...(await readHistories(start, to))].flatMap(([country, { whole, networks }]) => {
    const found = (network: string, history: History, others?: () => History) =>
      findDrops(history, begin, last.get(keyOf({ country, network })) ?? null, others).map((drop): Found => ({
        ...drop,
        country,
        network,
      }));
    return [
      ...found("", whole),
      ...[...networks].flatMap(([network, history]) =>
        found(network, history, () => without(history, whole)),
      ),
    ];
  });
  await keep(drops, seen, to);
  return to < mature;
}

type Found = Drop & Place;

function keyOf({ country, network }: Place): string {
  return `${country}\n${network}`;
}

/** Of each country and network the drop that began last. */
async function lastDrops(): Promise<Map<string, Drop>> {
  const rows = await db().alert.findMany({ distinct: ["country", "network"], orderBy: { since: "desc" } });
  return new Map(
    rows.map(
      ({ since, openedAt, until, baselineAttempted, baselineConfirmed, attempted, confirmed, ...place }) => [
        keyOf(place),
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

/** Further back where an open drop began earlier. */
function beginOf(from: Date, last: Map<string, Drop>): Date {
  const open = [...last.values()].filter(({ until }) => until === null);
  return floor("quarter", new Date(Math.min(from.getTime(), ...open.map(({ since }) => since.getTime()))));
}

async function keep(drops: Found[], seen: Date, to: Date): Promise<void> {
  const moved = sql`update watermark set at = ${to}::timestamptz
    where name = 'alerts_to' and at = ${seen}::timestamptz returning 1`;
  if (drops.length === 0) {
    await db().$executeRaw`${moved}`;
    return;
  }
  const rows = drops.map(
    ({ country, network, since, openedAt, until, baseline, current }) => sql`(
      ${idAt(now())}::uuid, ${country}, ${network}, ${since}::timestamptz, ${openedAt}::timestamptz, ${until}::timestamptz,
      ${baseline.attempted}::int, ${baseline.confirmed}::int, ${current.attempted}::int, ${current.confirmed}::int)`,
  );
  await db().$executeRaw`
    with moved as (${moved})
    insert into alert (id, country, network, since, opened_at, until, baseline_attempted, baseline_confirmed, attempted, confirmed)
    select found.* from (values ${join(rows)}) found, moved
    on conflict (country, network, since) do update
      set until = excluded.until, attempted = excluded.attempted, confirmed = excluded.confirmed`;
}
