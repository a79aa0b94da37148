/**
 * Reconciling: compares our messages with Twilio's own list, and repairs what callbacks lost.
 */
import { now, secondsAfter } from "../clock";
import { db, join, sql } from "../db";
import { log } from "../log";
import { secretIn } from "../messaging/body";
import { listMessagesSince, type ListedMessage } from "../messaging/list";
import { FINAL_STATUSES } from "../terms/statuses";
import { secretHash } from "../secrets";
import { recordStatus } from "./record-status";

/** Twilio's clock and ours may differ, and it dates a message by its sending. */
const CLOCK_SKEW_SECONDS = 60;

export interface ReconcileRange {
  /** Messages requested at or after this. */
  from: Date;
  /** … and before this: younger ones still have their callbacks coming. */
  to: Date;
}

export interface Reconciled {
  /** SIDs found for messages whose answer and callback were lost. */
  sids: number;
  /** Statuses that had moved on. */
  statuses: number;
  prices: number;
}

/**
 * Looks for messages requested in a range that lack something, and reads them from Twilio.
 *
 * Twilio is only asked when there are any, and from the oldest of them on.
 *
 * @param lacking what makes it worth asking: a SID, or anything (a SID, a final status, a price)
 * @throws what the list call throws; everything repaired until then stays
 */
export async function reconcile(
  range: ReconcileRange,
  lacking: "sid" | "anything" = "anything",
): Promise<Reconciled> {
  const reconciled: Reconciled = { sids: 0, statuses: 0, prices: 0 };
  const oldest = await oldestIncomplete(range, lacking);
  if (!oldest) return reconciled;
  for await (const page of listMessagesSince(secondsAfter(oldest, -CLOCK_SKEW_SECONDS))) {
    const known = await findKnown(page);
    for (const listed of page) {
      const message = known.get(listed.sid);
      if (message) {
        if (message.status !== listed.status && (await record(listed))) reconciled.statuses += 1;
      } else if (await adopt(listed)) {
        reconciled.sids += 1;
      }
    }
    reconciled.prices += await fillPrices(page);
  }
  log().info(reconciled, "reconciled");
  return reconciled;
}

async function oldestIncomplete({ from, to }: ReconcileRange, lacking: "sid" | "anything") {
  const final = join(FINAL_STATUSES.map((status) => sql`${status}::message_status`));
  const incomplete = sql`sid is null or status not in (${final}) or price is null and delivered_at is not null`;
  const [row] = await db().$queryRaw<[{ oldest: Date | null }]>`
    select min(requested_at) as oldest from message
    where requested_at >= ${from}::timestamptz and requested_at < ${to}::timestamptz
      and refused_at is null and (${lacking === "sid" ? sql`sid is null` : incomplete})`;
  return row.oldest;
}

async function findKnown(page: ListedMessage[]) {
  const rows = await db().message.findMany({
    where: { sid: { in: page.map((listed) => listed.sid) } },
    select: { sid: true, status: true },
  });
  return new Map(rows.map((row) => [row.sid, row]));
}

function record(listed: ListedMessage, messageId?: string): Promise<boolean> {
  const { sid, status, errorCode } = listed;
  return recordStatus({ messageId, sid, status, errorCode, at: now() });
}

/**
 * Gives a SID to the message it belongs to: the one without a SID, to the same number, whose secret is in its text. Messages
 * of others in the same account match none.
 */
async function adopt(listed: ListedMessage): Promise<boolean> {
  const secret = secretIn(listed.body, listed.channel);
  if (!secret) return false;
  const candidates = await db().message.findMany({
    where: { sid: null, refusedAt: null, verification: { to: listed.to } },
    select: { id: true, verificationId: true, secretHash: true },
    orderBy: { requestedAt: "desc" },
  });
  const match = candidates.find(({ verificationId, secretHash: hash }) =>
    Buffer.from(secretHash(verificationId, secret)).equals(hash),
  );
  return match ? record(listed, match.id) : false;
}

async function fillPrices(page: ListedMessage[]): Promise<number> {
  const priced = page.filter((listed) => listed.price !== null);
  if (priced.length === 0) return 0;
  const rows = priced.map(
    ({ sid, price, priceUnit, segments }) =>
      sql`(${sid}, ${price}::numeric, ${priceUnit}::char(3), ${segments}::int)`,
  );
  return db().$executeRaw`
    update message m set price = listed.price, price_unit = listed.price_unit, segments = listed.segments
    from (values ${join(rows)}) as listed (sid, price, price_unit, segments)
    where m.sid = listed.sid and m.price is null`;
}
