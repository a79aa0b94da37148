/**
 * The message log: single messages, newest first, read by index.
 */
import { db, empty, sql, type Sql } from "../../db";
import { errorWords } from "../../terms/twilio-codes";
import type { MessageStatus, TrackedAction } from "@/prisma/generated/enums";
import { indexedFilters, messageFilters, type Filters } from "../asking/filters";
import { isMoment } from "../asking/parameters";
import type { Range } from "../asking/range";

/** What became of a message, in one word. */
export type MessageOutcome =
  "confirmed" | "late" | "error" | "delivered" | "in_flight" | "canceled" | "refused" | "unknown";

export interface MessageRow {
  id: string;
  verificationId: string;
  /** Null when it was refused, or its answer has not come. */
  sid: string | null;
  /** The number with its last three digits masked. */
  to: string;
  country: string;
  network: string | null;
  block: string;
  action: TrackedAction;
  /** Which message of its verification this is, from 1. */
  attempt: number;
  status: MessageStatus | null;
  outcome: MessageOutcome;
  errorCode: number | null;
  errorWords: string | null;
  requestedAt: Date;
  acceptedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  refusedAt: Date | null;
  confirmedAt: Date | null;
  late: boolean;
  price: number | null;
  priceUnit: string | null;
  segments: number | null;
  feedback: FeedbackState | null;
}

/** What Twilio was told of a confirmed message. */
export interface FeedbackState {
  state: "reported" | "pending" | "retrying" | "refused";
  reportedAt: Date | null;
  tries: number;
  error: string | null;
}

/** A message's fields, in the order that a file has them. */
export const MESSAGE_COLUMNS = [
  "id",
  "verificationId",
  "sid",
  "to",
  "country",
  "network",
  "block",
  "action",
  "attempt",
  "status",
  "outcome",
  "errorCode",
  "errorWords",
  "requestedAt",
  "acceptedAt",
  "sentAt",
  "deliveredAt",
  "failedAt",
  "refusedAt",
  "confirmedAt",
  "late",
  "price",
  "priceUnit",
  "segments",
  "feedback.state",
  "feedback.reportedAt",
  "feedback.tries",
  "feedback.error",
] as const;

export interface MessageQuery {
  range: Range;
  filters: Filters;
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

export interface MessageLog {
  range: Range;
  rows: MessageRow[];
  nextCursor: string | null;
}

/**
 * The most messages that are looked at for a page. What no index finds, such as a rare status, is looked for message by message; a
 * page may then be short or empty and still have a next one.
 */
const MOST_LOOKED_AT = 100_000;

export async function readMessageLog(query: MessageQuery): Promise<MessageLog> {
  const { range, filters, limit, cursor } = query;
  const after = cursor === undefined ? undefined : placeIn(cursor);
  const indexed = sql`from message m
    where m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz
      ${after ? sql`and (m.requested_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty}
      ${indexedFilters(filters)}
    order by m.requested_at desc, m.id desc`;
  const found = await selectMessages(sql`true ${messageFilters(filters)}`, limit + 1, {
    among: sql`(select m.* ${indexed} limit ${MOST_LOOKED_AT}::int)`,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length > limit && last) return { range, rows, nextCursor: cursorOf(last) };
  const [end] = await db().$queryRaw<Pick<MessageRow, "requestedAt" | "id">[]>`
    select m.requested_at as "requestedAt", m.id ${indexed} offset ${MOST_LOOKED_AT - 1}::int limit 1`;
  return { range, rows, nextCursor: end ? cursorOf(end) : null };
}

/** How many messages of a file are read at once. */
const READ_AT_ONCE = 1000;

/** The log from a page on to its end, a page at a time: for files. */
export async function* readWholeLog(query: MessageQuery): AsyncGenerator<MessageRow> {
  for (let cursor = query.cursor; ;) {
    const page = await readMessageLog({ ...query, cursor, limit: READ_AT_ONCE });
    yield* page.rows;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/**
 * The newest messages to a whole number. It is given in a body or a form, never in a URL.
 *
 * @param number E.164
 */
export async function readMessagesTo(number: string, limit: number): Promise<MessageRow[]> {
  return selectMessages(sql`v."to" = ${number}`, limit);
}

/** One message; null when there is none. */
export async function readMessage(id: string): Promise<MessageRow | null> {
  const [row] = await selectMessages(sql`m.id = ${id}::uuid`, 1);
  return row ?? null;
}

/** All messages of a verification, newest first. */
export async function readMessagesOf(verificationId: string): Promise<MessageRow[]> {
  return selectMessages(sql`m.verification_id = ${verificationId}::uuid`, 100);
}

type Stored = Omit<MessageRow, "outcome" | "errorWords" | "feedback"> & {
  hasFeedback: boolean;
  reportedAt: Date | null;
  feedbackRefusedAt: Date | null;
  tries: number | null;
  feedbackError: string | null;
};

async function selectMessages(
  condition: Sql,
  limit: number,
  { among = sql`message` }: { among?: Sql } = {},
): Promise<MessageRow[]> {
  const rows = await db().$queryRaw<Stored[]>`
    select m.id, m.verification_id as "verificationId", m.sid,
      m.country, m.network, m.block, m.action::text as action, m.attempt, m.status::text as status,
      m.error_code as "errorCode", m.requested_at as "requestedAt", m.accepted_at as "acceptedAt", m.sent_at as "sentAt",
      m.delivered_at as "deliveredAt", m.failed_at as "failedAt", m.refused_at as "refusedAt",
      m.confirmed_at as "confirmedAt", m.late, abs(m.price)::float8 as price, m.price_unit as "priceUnit", m.segments,
      f.message_id is not null as "hasFeedback", f.reported_at as "reportedAt", f.refused_at as "feedbackRefusedAt",
      f.tries, f.error as "feedbackError"
    from ${among} m join verification v on v.id = m.verification_id left join feedback f on f.message_id = m.id
    where ${condition}
    order by m.requested_at desc, m.id desc
    limit ${limit}::int`;
  return rows.map(
    ({ hasFeedback, reportedAt, feedbackRefusedAt, tries, feedbackError, ...row }): MessageRow => ({
      ...row,
      to: `${row.block}•••`,
      outcome: outcomeOf(row),
      errorWords: row.errorCode === null ? null : errorWords(row.errorCode),
      feedback: hasFeedback
        ? {
            state: reportedAt ? "reported" : feedbackRefusedAt ? "refused" : tries ? "retrying" : "pending",
            reportedAt,
            tries: tries ?? 0,
            error: feedbackError,
          }
        : null,
    }),
  );
}

function outcomeOf(
  row: Pick<Stored, "sid" | "refusedAt" | "confirmedAt" | "late" | "status">,
): MessageOutcome {
  if (row.sid === null) return row.refusedAt ? "refused" : "unknown";
  if (row.confirmedAt) return row.late ? "late" : "confirmed";
  switch (row.status) {
    case "failed":
    case "undelivered":
      return "error";
    case "sent":
    case "delivered":
    case "read":
      return "delivered";
    case "canceled":
      return "canceled";
    default:
      return "in_flight";
  }
}

function cursorOf({ requestedAt, id }: Pick<MessageRow, "requestedAt" | "id">): string {
  return Buffer.from(`${requestedAt.toISOString()} ${id}`).toString("base64url");
}

/** @returns undefined for what is no cursor */
export function placeIn(cursor: string): { at: Date; id: string } | undefined {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  // In the very form they are written in: what else a Date can be, such as a year before Christ, PostgreSQL reads otherwise or not at all.
  const valid =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(time) &&
    isMoment(time) &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  return valid ? { at: new Date(time), id } : undefined;
}
