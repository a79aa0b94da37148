/**
 * Sends another message for a verification, with a secret of its own, so that the code that comes back says which message
 * converted.
 */
import { now } from "../clock";
import { idAt } from "../ids";
import { join, runInLine, sql, type Sql } from "../db";
import { isUniqueViolation } from "../database-faults";
import { env } from "../env";
import { NO_SUCH_VERIFICATION, refusal } from "../errors";
import { askerColumns, type Asker } from "../protection/asker";
import { circleOf } from "../protection/circle";
import { destinationRefused, refusedCountry } from "../protection/destinations";
import { seconds } from "../protection/quota";
import { limitReached, sendLimits, type Waits } from "../protection/send-limits";
import { secretHash } from "../secrets";
import { TrackedAction } from "@/prisma/generated/enums";
import { chooseSender, sendingBy, type ChosenSender } from "../senders/choose";
import { insertMessage } from "./insert-message";
import { keepAnswer } from "./kept-answer";
import type { IdempotentRequest } from "./idempotency";
import { answerRepeat, earlierResend, findRepeatedResend, type Earlier } from "./repeat";
import { MAX_SENDS, MIN_SECONDS_FOR_RESEND } from "./rules";
import { drawSecrets } from "./secrets";
import { sendMessage, type Sending } from "./send-message";
import { isTestVerification } from "./test-ids";
import { resendTestVerification } from "./test-verification";
import { idOf, summaryOf, type Starter } from "./verification";

type Written =
  /** The key came before: nothing was drawn on, and nothing written. */
  | ({ verdict: "repeated" } & Earlier)
  | ({
      verdict: "sent";
      /** E.164. */
      to: string;
      country: string;
      action: TrackedAction;
      locale: string | null;
      expiresAt: Date;
      failedChecks: number;
      /** With this one. */
      sends: number;
    } & ChosenSender)
  | ({
      verdict: "limited";
    } & Waits)
  | { verdict: "destination_refused"; country: string }
  /** Nothing was written: whoever has given this secret before would know that it is right now. */
  | { verdict: "given_before" }
  | { verdict: "not_found" | "not_pending" | "expired" | "expires_soon" | "max_sends_reached" };

/** That a message draws the four digits of another, or of a wrong try, is rare; ten times in a row is a fault. */
const DRAWS = 10;

/** Who asks for another message: without an address of its own, the start's counts. */
export interface ResendRequest extends Asker {
  /** Where given, only a verification that it started is found. */
  starter?: Starter;
  /** Set where the program may repeat its request. A repeat is looked at before any limit: it sends nothing, and is answered as before. */
  idempotency?: IdempotentRequest;
}

/**
 * Sends a new message with a new secret. The newest secrets of the verification stay valid until it expires (`GUESSABLE_MESSAGES`; of a
 * link all), and failed checks are not forgotten.
 *
 * @returns how sending it went; a refusal is `not_found`, `not_pending`, `expired`, `expires_soon`, `destination_refused`,
 *   `resend_too_soon`, `too_many_starts` or `max_sends_reached`; or of a repeat `request_in_flight` or `idempotency_key_reused`
 */
export async function resendVerification(id: string, request: ResendRequest = {}): Promise<Sending> {
  if (isTestVerification(id)) return resendTestVerification(id, request.starter);
  const requestedAt = now();
  const messageId = idAt(requestedAt);
  const { secrets, written } = await writeWithNewSecret({ id, request, messageId, requestedAt });
  if (written.verdict === "repeated") return answerRepeat(written);
  if (request.idempotency && written.verdict !== "sent") {
    // Another request with this key may have been first by a moment: then its answer is ours.
    const earlier = await findRepeatedResend(request.idempotency);
    if (earlier) return earlier;
  }
  switch (written.verdict) {
    case "not_found":
      return NO_SUCH_VERIFICATION;
    case "sent": {
      const { action, locale, sends: ordinal } = written;
      const row = { ...written, id, status: "pending" as const, newestRequestedAt: requestedAt };
      const verification = summaryOf(row, requestedAt);
      const secret = secrets[action];
      const by = sendingBy(written);
      return sendMessage({ verification, messageId, ordinal, secret, locale, requestedAt, by });
    }
    case "limited":
      return limitReached(written);
    case "destination_refused":
      return destinationRefused(written.country);
    case "not_pending":
      return refusal("not_pending", { detail: "Only a pending verification gets another message." });
    case "expired":
      return refusal("expired", { detail: "This verification has expired. Start a new one." });
    case "expires_soon":
      return refusal("expires_soon", {
        detail: "Another message might come too late. Start a new verification.",
      });
    case "max_sends_reached":
      return refusal("max_sends_reached", {
        detail: `A verification has ${MAX_SENDS} messages. Start a new one.`,
      });
  }
}

type Secrets = Record<TrackedAction, string>;

interface NewMessage {
  /** Of the verification. */
  id: string;
  request: ResendRequest;
  messageId: string;
  requestedAt: Date;
}

/**
 * A code that another message of the verification has would leave open which of them converted, and one that was given wrong before is
 * answered as before: then draw again.
 */
async function writeWithNewSecret(asked: NewMessage) {
  for (let draws = 1; ; draws += 1) {
    const secrets = drawSecrets(asked.id);
    try {
      const written = await writeMessage(asked, secrets);
      if (written.verdict !== "given_before") return { secrets, written };
      if (draws === DRAWS) throw new Error("every code that was drawn had been given before");
    } catch (error) {
      if (!isUniqueViolation(error) || draws === DRAWS) throw error;
    }
  }
}

/**
 * One statement: locks the verification, decides, draws on the limits and writes the message. Only the locked row says which
 * action it is, so it is given a secret for each.
 */
async function writeMessage(
  { id, request, messageId, requestedAt }: NewMessage,
  secrets: Secrets,
): Promise<Written> {
  const at = sql`${requestedAt}::timestamptz`;
  const limits = sendLimits(sql`asking`, requestedAt, { verification: sql`(select id from decided)` });
  const message = {
    id: messageId,
    secretHash: hashByAction(id, secrets),
    ordinal: sql`moved.sends`,
    requestedAt,
  };
  const answer = {
    verificationId: sql`d.id`,
    messageId: sql`${messageId}::uuid`,
    checksLeft: sql`greatest(0, ${env().MAX_CHECKS}::int - d.failed_checks)`,
  };
  const [written] = await runInLine<[Written]>(
    "resend",
    sql`
    with earlier as materialized (${earlierResend(request.idempotency)}), verification_row as materialized (
      select id, "to", country, network, block, action, locale, status, failed_checks, missed, sends, expires_at, asked_from,
        api_key, after_password, device
      from verification where id = ${idOf(id, request.starter)} and not exists (select from earlier)
      for no key update
    ), decided as materialized (
      select *, case
          when status = 'expired' or status = 'pending' and ${at} >= expires_at then 'expired'
          when status <> 'pending' or failed_checks >= ${env().MAX_CHECKS}::int then 'not_pending'
          when ${at} > expires_at - ${seconds(MIN_SECONDS_FOR_RESEND)} then 'expires_soon'
          when sends >= ${MAX_SENDS}::int then 'max_sends_reached'
          when ${refusedCountry(sql`country`)} then 'destination_refused'
          when ${hashByAction(id, secrets)} = any(missed) then 'given_before'
          else 'open'
        end as verdict
      from verification_row v
    ), asking as (
      select d."to" as number, coalesce(asker.address, d.asked_from) as address, coalesce(asker.browser, encode(d.device, 'hex')) as browser,
        coalesce(asker.known, d.device) as known, ${circleOf(sql`d`)} as circle,
        d.country::text as country, d.network, d.block, null::text as line_type, d.asked_from
      from decided d, (select ${askerColumns(request)}) asker where d.verdict = 'open'
    ), ${limits.steps}, chosen as materialized (${chooseSender(sql`(select country, action from decided)`)}), kept as (
      ${request.idempotency ? keepAnswer(request.idempotency, answer, sql`decided d where exists (select from drawn)`) : sql`select from drawn`}
    ), moved as (
      update verification v set sends = v.sends + 1
      from decided d where v.id = d.id and exists (select from kept)
      returning v.sends
    ), written as (
      ${insertMessage(message, sql`decided v, moved`)}
    )
    select
      case when exists (select from earlier) then 'repeated' when d.id is null then 'not_found'
        when verdict <> 'open' then verdict when moved.sends is null then 'limited' else 'sent' end as verdict,
      coalesce(e."to", d."to") as "to", coalesce(e.country, d.country) as country, coalesce(e.action, d.action) as action, d.locale,
      coalesce(e."expiresAt", d.expires_at) as "expiresAt", coalesce(e."failedChecks", d.failed_checks) as "failedChecks",
      coalesce(e.sends, moved.sends) as sends,
      e."sameRequest", e.id, e.status, e."newestRequestedAt", e."messageId", e.sid, e."errorCode", e."requestedAt", e."refusedAt",
      e."unansweredAt", ${limits.waits}, chosen.*
    from (select) one left join decided d on true left join chosen on true left join moved on true left join earlier e on true`,
  );
  return written;
}

function hashByAction(id: string, secrets: Secrets): Sql {
  const hashes = Object.values(TrackedAction).map(
    (action) => sql`when ${action}::tracked_action then ${secretHash(id, secrets[action])}::bytea`,
  );
  return sql`case v.action ${join(hashes, " ")} end`;
}
