/**
 * Sends another message for a verification, with a secret of its own, so that the code that comes back says which message
 * converted.
 */
import { v7 as uuid } from "uuid";
import { now } from "../clock";
import { db, isUniqueViolation, sql } from "../db";
import { NO_SUCH_VERIFICATION, type Refusal } from "../errors";
import { sender } from "../messaging/send";
import { draw, secondsUntilAllowed, sendGap } from "../protection/quota";
import { secretHash } from "../secrets";
import { MAX_SENDS, MIN_SECONDS_FOR_RESEND } from "./rules";
import type { TrackedAction } from "@/prisma/generated/enums";
import { drawSecret } from "./secrets";
import { sendMessage, type Sent, type SendFault } from "./send-message";
import { env } from "../env";

type Verdict = "sent" | "not_pending" | "expired" | "expires_soon" | "max_sends_reached" | "resend_too_soon";

interface Written {
  verdict: Verdict;
  /** E.164. */
  to: string;
  country: string;
  action: TrackedAction;
  locale: string | null;
  expiresAt: Date;
  /** Which message of the verification was written; null when none was. */
  attempt: number | null;
  /** Seconds until the next message may be sent; only of `resend_too_soon`. */
  wait: number;
}

/** Two of ten messages drawing the same four digits is rare; ten times in a row is a fault. */
const DRAWS = 10;

/**
 * Sends a new message with a new secret; all secrets of the verification stay valid until it expires, and failed checks are
 * not forgotten.
 *
 * @returns the verification with the message on its way; or `send_failed` or `send_unknown` with the verification; or
 *   `not_found`, `not_pending`, `expired`, `expires_soon`, `resend_too_soon`, `max_sends_reached`
 */
export async function resendVerification(id: string): Promise<Sent | SendFault | Refusal> {
  const messageId = uuid();
  // The action never changes, so it may be read before the lock; it decides what kind of secret to draw.
  const verification = await db().verification.findUnique({ where: { id }, select: { action: true } });
  if (!verification) return NO_SUCH_VERIFICATION;
  const { secret, written } = await writeWithNewSecret(id, messageId, verification.action);
  if (!written) return NO_SUCH_VERIFICATION;
  const { verdict, wait } = written;
  switch (verdict) {
    case "sent":
      return sendMessage({ ...written, attempt: written.attempt!, verificationId: id, messageId, secret });
    case "resend_too_soon":
      return {
        problem: verdict,
        retryAfter: wait,
        detail: `A message was sent to this number a moment ago; another one can be sent in ${wait} s.`,
      };
    case "not_pending":
      return { problem: verdict, detail: "Only a pending verification gets another message." };
    case "expired":
      return { problem: verdict, detail: "This verification has expired. Start a new one." };
    case "expires_soon":
      return { problem: verdict, detail: "Another message might come too late. Start a new verification." };
    case "max_sends_reached":
      return { problem: verdict, detail: `A verification has ${MAX_SENDS} messages. Start a new one.` };
  }
}

/** A code that another message of the verification has would leave open which of them converted: then draw again. */
async function writeWithNewSecret(id: string, messageId: string, action: TrackedAction) {
  for (let draws = 1; ; draws += 1) {
    const secret = drawSecret(action, id);
    try {
      return { secret, written: await writeMessage(id, messageId, secret) };
    } catch (error) {
      if (!isUniqueViolation(error) || draws === DRAWS) throw error;
    }
  }
}

/** One statement: locks the verification, decides, draws on the number's gap and writes the message. */
async function writeMessage(id: string, messageId: string, secret: string): Promise<Written | undefined> {
  const moment = now();
  const at = sql`${moment}::timestamptz`;
  const gap = sendGap();
  const [written] = await db().$queryRaw<Written[]>`
    with verification_row as materialized (
      select id, "to", country, network, block, action, locale, status, failed_checks, sends, expires_at
      from verification where id = ${id}::uuid
      for no key update
    ), decided as materialized (
      select *, case
          when status = 'expired' or status = 'pending' and ${at} >= expires_at then 'expired'
          when status <> 'pending' or failed_checks >= ${env().MAX_CHECKS}::int then 'not_pending'
          when ${at} > expires_at - make_interval(secs => ${MIN_SECONDS_FOR_RESEND}::float8) then 'expires_soon'
          when sends >= ${MAX_SENDS}::int then 'max_sends_reached'
          else 'open'
        end as verdict
      from verification_row
    ), gap as (
      ${draw(gap, sql`"to"`, moment, sql`from decided where verdict = 'open'`)}
    ), moved as (
      update verification v set sends = v.sends + 1
      from decided d where v.id = d.id and exists (select from gap)
      returning v.sends
    ), written as (
      insert into message (id, verification_id, secret_hash, country, network, block, action, sender, attempt, requested_at)
      select ${messageId}::uuid, d.id, ${secretHash(id, secret)}::bytea, d.country, d.network, d.block, d.action,
        ${sender()}, moved.sends, ${at}
      from decided d, moved
      returning attempt
    )
    select
      case when verdict <> 'open' then verdict when attempt is null then 'resend_too_soon' else 'sent' end as verdict,
      "to", country, action, locale, expires_at as "expiresAt", attempt,
      ${secondsUntilAllowed(gap, sql`d."to"`, moment)} as wait
    from decided d left join written on true`;
  return written;
}
