/**
 * Retention: how long messages and whole numbers are kept. The cells stay, so the reports do.
 */
import { now, secondsAfter } from "../../clock";
import { db } from "../../db";
import { env } from "../../env";
import { log } from "../../log";
import { DAY_SECONDS } from "../../terms/durations";
import { floor } from "./spans";

/** Rows a statement deletes or redacts: few enough to hold no lock for long. */
const BATCH = 2_000;

/** Deletes what is older than RETENTION_DAYS and redacts what is older than REDACT_AFTER_DAYS. */
export async function retain(): Promise<void> {
  const deleted = await deleteOldVerifications();
  const redacted = await redactOldVerifications();
  if (deleted + redacted > 0) log().info({ deleted, redacted }, "retention");
}

/**
 * Deletes verifications with their messages and feedback. First the watermark moves, from which on cells can be counted again: what
 * verify and rebuild look at is all there, at any moment.
 *
 * A verification is deleted when its last message is before the watermark, for a message counts when it was requested.
 */
async function deleteOldVerifications(): Promise<number> {
  const countedFrom = floor("day", secondsAfter(now(), -env().RETENTION_DAYS * DAY_SECONDS));
  await moveWatermark("counted_from", countedFrom);
  // By then Twilio has long since stopped repeating them.
  await db().$executeRaw`delete from inbound where received_at < ${countedFrom}::timestamptz`;
  return inBatches(
    () => db().$executeRaw`
      delete from verification where id in (
        select v.id from verification v
        where v.created_at < ${countedFrom}::timestamptz
          and not exists (
            select from message m where m.verification_id = v.id and m.requested_at >= ${countedFrom}::timestamptz)
        order by v.created_at limit ${BATCH}::int)`,
  );
}

/**
 * Replaces numbers by their blocks, and clears addresses and what else points to a person.
 *
 * The watermark follows each batch, so that none goes through again what those before it have done, also after a crash.
 */
async function redactOldVerifications(): Promise<number> {
  const redactedTo = secondsAfter(now(), -env().REDACT_AFTER_DAYS * DAY_SECONDS);
  // Of a notice nothing would be left.
  await db().$executeRaw`delete from notice where written_at < ${redactedTo}::timestamptz`;
  for (let total = 0; ;) {
    const [{ rows, last }] = await db().$queryRaw<[{ rows: number; last: Date | null }]>`
      with redacted as (
        update verification set "to" = block, client_ip = null, asked_from = null, asked_agent = null, browser = null, device = null, redirect_url = null, idempotency_key = null,
          request_hash = null, missed = '{}', approved_hash = null
        where id in (
          select id from verification
          where created_at >= (select at from watermark where name = 'redacted_to')
            and created_at < ${redactedTo}::timestamptz
            and ("to" <> block or client_ip is not null or asked_agent is not null or browser is not null or device is not null or redirect_url is not null
              or idempotency_key is not null)
          order by created_at limit ${BATCH}::int)
        returning created_at
      )
      select count(*)::int as rows, max(created_at) as last from redacted`;
    total += rows;
    await moveWatermark("redacted_to", rows < BATCH || !last ? redactedTo : last);
    if (rows < BATCH) return total;
  }
}

async function moveWatermark(name: "counted_from" | "redacted_to", at: Date): Promise<void> {
  await db().$executeRaw`update watermark set at = greatest(at, ${at}::timestamptz) where name = ${name}`;
}

/** Goes on until a batch is not full; other work gets its turn between two. */
async function inBatches(batch: () => Promise<number>): Promise<number> {
  for (let total = 0; ;) {
    const rows = await batch();
    total += rows;
    if (rows < BATCH) return total;
  }
}
