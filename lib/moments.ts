/**
 * Moments that are stored wrong. A session in another zone than UTC stores what Prisma writes by that zone's offset too early or too
 * late. The ids of verifications and messages hold the moment they were made at (UUIDs of version 7, RFC 9562), which no zone moves:
 * by them it is told what is wrong, and by how much.
 */
import { db, dbWithoutTimeouts, raw, sql, type Sql } from "./db";
import { MINUTE, QUARTER, SECOND } from "./terms/durations";

/** Two moments half a year apart: clocks that are changed differ from UTC in at least one of them. */
const WINTER = new Date("2026-01-15T12:00:00Z");
const SUMMER = new Date("2026-07-15T12:00:00Z");

/** Why this process would store moments wrong, in a sentence; null when it would not. */
export async function zoneFault(): Promise<string | null> {
  const [session] = await db().$queryRaw<[{ right: boolean; zone: string }]>`
    select extract(epoch from ${WINTER}::timestamptz) * 1000 = ${WINTER.getTime()}::float8
      and extract(epoch from ${SUMMER}::timestamptz) * 1000 = ${SUMMER.getTime()}::float8 as right,
      current_setting('TimeZone') as zone`;
  return session.right
    ? null
    : `The database's sessions are in the time zone ${session.zone}, although they were set to UTC: times would be stored wrong. What is in between (see DATABASE_URL), such as a pooler, must pass on a client's TimeZone.`;
}

/** Rows of a table that are stored by so much too late (or, negative, too early). */
export interface Misplaced {
  table: "verification" | "message";
  rows: number;
  /** In milliseconds, a multiple of a quarter of an hour. */
  byMs: number;
  /** The first and the last moment they are stored at. */
  first: Date;
  last: Date;
}

/** As in `12 rows of message are stored 5:30 h too early, at 2026-11-20T10:00:00.000Z to …`. */
export function inWords({ table, rows, byMs, first, last }: Misplaced): string {
  const minutes = Math.abs(byMs) / MINUTE;
  const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")} h`;
  const where = `${first.toISOString()} to ${last.toISOString()}`;
  return `${rows} rows of ${table} are stored ${hours} too ${byMs > 0 ? "late" : "early"}, at ${where}`;
}

/** Offsets of zones are multiples of a quarter of an hour; this much may lie between an id and its row. */
const TOLERANCE_MS = MINUTE;

const idMoment = (id: Sql) =>
  sql`to_timestamp(('x' || left(replace(${id}::text, '-', ''), 12))::bit(48)::bigint / 1000.0)`;

/** By how many milliseconds a moment is stored too late, in whole quarters of an hour: 0 when it is right, or wrong by something else. */
function misplacedBy(id: Sql, stored: Sql): Sql {
  const late = sql`extract(epoch from ${stored} - ${idMoment(id)}) * 1000`;
  const quarters = sql`round(${late} / ${raw(String(QUARTER))}) * ${raw(String(QUARTER))}`;
  return sql`case when substr(${id}::text, 15, 1) = '7' and abs(${late} - ${quarters}) < ${raw(String(TOLERANCE_MS))}
    then ${quarters} else 0 end`;
}

const VERIFICATION_BY = misplacedBy(sql`v.id`, sql`v.created_at`);
const MESSAGE_BY = misplacedBy(sql`m.id`, sql`m.requested_at`);

/** What is stored at another moment than the one in its id, by table and by how much. It reads every row. */
export async function misplacedMoments(): Promise<Misplaced[]> {
  const client = dbWithoutTimeouts();
  try {
    return await client.$queryRaw<Misplaced[]>`
      select "table", count(*)::int as rows, by_ms::float8 as "byMs", min(at) as first, max(at) as last from (
        select 'verification' as "table", ${VERIFICATION_BY} as by_ms, v.created_at as at from verification v
        union all
        select 'message', ${MESSAGE_BY}, m.requested_at from message m
      ) stored
      where by_ms <> 0 group by "table", by_ms order by "table", first`;
  } finally {
    await client.$disconnect();
  }
}

/** The columns that are written with the row or after it, by the same sessions. */
const MOMENTS = {
  verification: ["created_at", "accepted_at", "expires_at", "approved_at", "denied_at"],
  message: [
    "requested_at",
    "refused_at",
    "unanswered_at",
    "accepted_at",
    "sent_at",
    "delivered_at",
    "failed_at",
    "confirmed_at",
  ],
  feedback: ["due_at", "reported_at", "refused_at"],
} as const;

/**
 * Moves what is misplaced to where its ids say it belongs, with the feedback of its messages and the findings of that time, in one
 * transaction; the counts follow by the tables' triggers. No app of before may be running that would store more of it.
 *
 * A message that was under way while the clocks changed can keep a step that is an hour off. What says nothing of when it was made, as
 * limits, sessions and known browsers do, is left: it ends by itself.
 *
 * @returns how many rows of each table were moved
 */
export async function mendMoments(): Promise<Record<keyof typeof MOMENTS | "alert", number>> {
  const client = dbWithoutTimeouts();
  try {
    return await client.$transaction(
      async (tx) => {
        await tx.$executeRaw`create temporary table misplaced on commit drop as
          select m.id, ${MESSAGE_BY} * interval '1 ms' as by from message m where ${MESSAGE_BY} <> 0`;
        const usual = sql`(select mode() within group (order by by) as by from misplaced) usual`;
        await tx.$executeRaw`update watermark set at = at - by from ${usual} where name = 'alerts_to' and by is not null`;
        const alert = await tx.$executeRaw`
          with hours as (select min(m.requested_at) as first, max(m.requested_at) as last from message m join misplaced using (id))
          update alert set since = since - by, opened_at = opened_at - by, until = until - by
          from ${usual}, hours
          where since between first and last`;
        const feedback = await tx.$executeRaw`
          update feedback f set ${moved("feedback", sql`w.by`)} from misplaced w where w.id = f.message_id`;
        const message = await tx.$executeRaw`
          update message m set ${moved("message", sql`w.by`)} from misplaced w where w.id = m.id`;
        const verification = await tx.$executeRaw`
          update verification v set ${moved("verification", sql`(${VERIFICATION_BY}) * interval '1 ms'`)}
          where ${VERIFICATION_BY} <> 0`;
        return { verification, message, feedback, alert };
      },
      { timeout: LIMIT_MS, maxWait: 10 * SECOND },
    );
  } finally {
    await client.$disconnect();
  }
}

/** Longer than moving any history takes. */
const LIMIT_MS = 6 * 60 * MINUTE;

/** The columns of a table, each so much earlier. */
function moved(table: keyof typeof MOMENTS, by: Sql): Sql {
  const [first, ...others] = MOMENTS[table].map((column) => sql`${raw(column)} = ${raw(column)} - ${by}`);
  return others.reduce((list, each) => sql`${list}, ${each}`, first ?? sql``);
}
