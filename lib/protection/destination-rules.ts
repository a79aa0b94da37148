/**
 * What people have said of destinations. Statements that decide read it, so that it holds from the moment it is kept, in every process.
 */
import { now } from "../clock";
import { db, sql } from "../db";
import type { DestinationMode } from "../terms/rules";

/** `until` null: it does not end. */
export interface DestinationRule {
  /** A country, a network of it after a colon, or a block of numbers. */
  place: string;
  mode: DestinationMode;
  /** Only of `cap`. */
  perHour: number | null;
  reason: string;
  author: string;
  writtenAt: Date;
  until: Date | null;
}

const COLUMNS = sql`place, mode, per_hour as "perHour", reason, author, written_at as "writtenAt", until`;

/** Those that hold, in order of their places. */
export async function readDestinationRules(): Promise<DestinationRule[]> {
  return db().$queryRaw<DestinationRule[]>`
    select ${COLUMNS} from destination_rule
    where until is null or until > ${now()}::timestamptz order by place collate "C"`;
}

export async function readDestinationRule(place: string): Promise<DestinationRule | null> {
  const [found] = await db().$queryRaw<DestinationRule[]>`
    select ${COLUMNS} from destination_rule
    where place = ${place} and (until is null or until > ${now()}::timestamptz)`;
  return found ?? null;
}

const IS_SAME = sql`
  row(r.mode, r.per_hour, r.reason, r.until) is not distinct from row(excluded.mode, excluded.per_hour, excluded.reason, excluded.until)`;

/**
 * Says something of a place, in place of what was said before. What is said already stays as it was said first: a form that is sent again changes
 * nothing.
 */
export async function putDestinationRule(rule: Omit<DestinationRule, "writtenAt">): Promise<DestinationRule> {
  const { place, mode, perHour, reason, author, until } = rule;
  const [kept] = await db().$queryRaw<[DestinationRule]>`
    insert into destination_rule as r (place, mode, per_hour, reason, author, written_at, until)
    values (${place}, ${mode}, ${perHour}::int, ${reason}, ${author}, ${now()}::timestamptz, ${until}::timestamptz)
    on conflict (place) do update set mode = excluded.mode, per_hour = excluded.per_hour, reason = excluded.reason,
      until = excluded.until, author = case when ${IS_SAME} then r.author else excluded.author end,
      written_at = case when ${IS_SAME} then r.written_at else excluded.written_at end
    returning ${COLUMNS}`;
  return kept;
}

/** @returns whether something was said of it */
export async function removeDestinationRule(place: string): Promise<boolean> {
  const { count } = await db().destinationRule.deleteMany({ where: { place } });
  return count > 0;
}
