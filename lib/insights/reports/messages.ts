/**
 * The message log: single messages, newest first, read by index.
 */
import { empty, sql } from "../../db";
import { outcomeOf, selectMessages, type KeptMessage, type StoredMessage } from "../../messages";
import type { MessageOutcome } from "../../terms/statuses";
import { errorWords } from "../../terms/twilio-codes";
import { indexedFilters, messageFilters, type Filters } from "../asking/filters";
import { isMoment } from "../asking/parameters";
import { MOST_MESSAGES } from "../asking/reach";
import { inPlace } from "../asking/places";
import { read } from "../asking/read";
import type { Range } from "../asking/range";
import { maskedNumber, moments, type Column } from "./csv";

export interface LoggedMessage extends Omit<
  KeptMessage,
  "verificationId" | "ordinal" | "price" | "unansweredAt"
> {
  /** Null for whoever is not to know it. */
  verificationId: string | null;
  /** The number with its last three digits masked. */
  to: string;
  /** Which message of its verification it is, from 1. */
  attempt: number;
  outcome: MessageOutcome;
  errorWords: string | null;
  /** What was paid. */
  price: number | null;
}

/** A message's fields, in the order that a file has them. */
export const MESSAGE_COLUMNS: readonly Column<LoggedMessage>[] = [
  "id",
  "verificationId",
  "sid",
  { name: "to", value: ({ block }) => maskedNumber(block) },
  "country",
  "network",
  { name: "block", value: ({ block }) => maskedNumber(block) },
  "action",
  "sender",
  "channel",
  "sentFrom",
  "locale",
  "attempt",
  "status",
  "outcome",
  "errorCode",
  "errorWords",
  ...moments("requestedAt", "acceptedAt", "sentAt", "deliveredAt", "failedAt", "refusedAt", "confirmedAt"),
  "late",
  "price",
  "priceUnit",
  "segments",
  "feedback.state",
  { name: "feedback.reportedAt", value: ({ feedback }) => feedback?.reportedAt, isMoment: true },
  "feedback.tries",
  "feedback.error",
];

export interface MessageQuery {
  range: Range;
  filters: Filters;
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Whether rows have their verifications' ids, which are for operators and programs only. */
  withIds?: boolean;
}

export interface MessageLog {
  range: Range;
  rows: LoggedMessage[];
  nextCursor: string | null;
  /** How many there are on all pages; null on later ones, and where too many would have to be looked at. */
  matches: number | null;
}

/**
 * The most messages that are looked at for a page. What no index finds, such as a rare status, is looked for message by message; a
 * page may then be short or empty and still have a next one.
 */
const MOST_LOOKED_AT = 100_000;

/** A page of the log; the first with the number of all its messages. */
export async function readMessageLog(query: MessageQuery): Promise<MessageLog> {
  const page = await readLogPage(query);
  const matches = query.cursor === undefined ? await countMatches(query) : null;
  return { ...page, matches: matches?.all ?? null };
}

export interface Matches {
  all: number;
  /** Those that Twilio took; of the others it refused some, and of some its answer is not known. */
  attempted: number;
}

/** How many messages the filters leave of a range; null when more than MOST_MESSAGES would have to be looked at. */
export async function countMatches({
  range,
  filters,
}: Pick<MessageQuery, "range" | "filters">): Promise<Matches | null> {
  const matching = sql`where true ${messageFilters(filters)}`;
  const [{ looked, ...matches }] = await read<[Matches & { looked: number }]>`
    select count(*)::int as looked, (count(*) filter (${matching}))::int as all,
      (count(*) filter (${matching} and m.sid is not null))::int as attempted
    from (
      select * from message m
      where m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz
        ${indexedFilters(filters)}
      limit ${MOST_MESSAGES + 1}::int
    ) m`;
  return looked > MOST_MESSAGES ? null : matches;
}

/** A page of the log alone. */
export async function readLogPage(query: MessageQuery): Promise<Omit<MessageLog, "matches">> {
  const { range, filters, limit, cursor, withIds } = query;
  const after = cursor === undefined ? undefined : placeIn(cursor);
  const indexed = sql`from message m
    where m.requested_at >= ${range.from}::timestamptz and m.requested_at < ${range.to}::timestamptz
      ${after ? sql`and (m.requested_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty}
      ${indexedFilters(filters)}
    order by m.requested_at desc, m.id desc`;
  const found = await selectRows(sql`true ${messageFilters(filters)}`, {
    limit: limit + 1,
    withIds,
    among: sql`(select m.* ${indexed} limit ${MOST_LOOKED_AT}::int)`,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length > limit && last) return { range, rows, nextCursor: cursorOf(last) };
  const [end] = await read<Pick<LoggedMessage, "requestedAt" | "id">[]>`
    select m.requested_at as "requestedAt", m.id ${indexed} offset ${MOST_LOOKED_AT - 1}::int limit 1`;
  return { range, rows, nextCursor: end ? cursorOf(end) : null };
}

/** How many messages of a file are read at once. */
const READ_AT_ONCE = 1000;

/** The log from a page on to its end, a page at a time, each in a place of its own: for files. */
export async function* readWholeLog(query: MessageQuery): AsyncGenerator<LoggedMessage> {
  for (let cursor = query.cursor; ;) {
    // A file that has begun would be lost by a refusal: it waits.
    const begun = cursor !== query.cursor;
    const page = await inPlace(() => readLogPage({ ...query, cursor, limit: READ_AT_ONCE }), {
      begun,
      slow: true,
    });
    yield* page.rows;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/**
 * A message, and all of its verification, newest first; null when there is none.
 *
 * @param forEverybody whether it is for whoever reads an open dashboard
 */
export async function readMessage(
  id: string,
  { forEverybody: open }: { forEverybody: boolean },
): Promise<{ message: LoggedMessage; ofLogin: LoggedMessage[] } | null> {
  const ofIts = sql`m.verification_id = (select verification_id from message where id = ${id}::uuid)
    ${messageFilters(open ? { forEverybody: true } : {})}`;
  const ofLogin = await selectRows(ofIts, { limit: 100, withIds: !open });
  const message = ofLogin.find((each) => each.id === id.toLowerCase());
  return message ? { message, ofLogin } : null;
}

/** Messages as the log has them, newest first. */
export async function selectRows(
  condition: Parameters<typeof selectMessages>[0],
  { withIds = false, ...selection }: Parameters<typeof selectMessages>[1] & { withIds?: boolean },
): Promise<LoggedMessage[]> {
  const kept = await selectMessages(condition, {
    ...selection,
    rowsOf: (query) => read<StoredMessage[]>`${query}`,
  });
  return kept.map(({ verificationId, ordinal, price, unansweredAt: _, ...message }) => ({
    ...message,
    verificationId: withIds ? verificationId : null,
    to: `${message.block}•••`,
    attempt: ordinal,
    outcome: outcomeOf(message),
    errorWords: message.errorCode === null ? null : errorWords(message.errorCode),
    price: price === null ? null : Math.abs(Number(price)),
  }));
}

function cursorOf({ requestedAt, id }: Pick<LoggedMessage, "requestedAt" | "id">): string {
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
