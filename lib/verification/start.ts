/**
 * Starts a verification: writes it with its first message, then sends that message.
 */
import { v7 as uuid } from "uuid";
import { now, secondsAfter } from "../clock";
import { db, empty, sql, type Sql } from "../db";
import { env } from "../env";
import { isRefusal, type Refusal } from "../errors";
import { sender } from "../messaging/send";
import {
  addressSubject,
  draw,
  reachedLimits,
  sendGap,
  STARTS_FOR_NUMBER,
  STARTS_FROM_ADDRESS,
  type Limit,
} from "../protection/quota";
import { secretHash } from "../secrets";
import type { TrackedAction } from "@/prisma/generated/enums";
import type { Recipient } from "./recipient";
import { findRepeat, type IdempotentRequest } from "./repeat";
import { drawSecret } from "./secrets";
import { sendMessage, type Sent, type SendFault } from "./send-message";

export interface StartRequest {
  recipient: Recipient;
  /** What the recipient must do; `code` when it is not said. */
  action?: TrackedAction;
  /** The language of the message, as BCP 47. */
  locale?: string;
  /** The end user's address; without it no limit by address applies. */
  clientAddress?: string;
  /** Where a confirmed link leads to. */
  redirectUrl?: string;
  /** HMAC of the cookie of the browser that asks, where one does: only that browser may be signed in by it. */
  browser?: Uint8Array<ArrayBuffer>;
  /** Set when the caller may repeat the request. */
  idempotency?: IdempotentRequest;
}

/**
 * Starts a verification.
 *
 * A repeated `Idempotency-Key` is looked at before any limit: it sends nothing and answers with the verification it
 * started, however that stands now.
 *
 * @returns the verification with its message on the way; or `too_many_starts` or `resend_too_soon`, which leave
 *   nothing behind; or `send_failed` or `send_unknown` with the verification, whose row stays
 */
export async function startVerification(request: StartRequest): Promise<Sent | SendFault | Refusal> {
  const { idempotency } = request;
  const earlier = idempotency && (await findRepeat(idempotency));
  if (earlier) return earlier;
  const prepared = await prepareVerification(request);
  if (!isRefusal(prepared)) return prepared.send();
  // A request with the same key may have been first by a moment: then its answer is ours, whatever limit it drew on.
  const first = idempotency && (await findRepeat(idempotency));
  return first ?? prepared;
}

/** A verification that is written with its first message, which is not sent yet. */
export interface Prepared {
  id: string;
  expiresAt: Date;
  send: () => Promise<Sent | SendFault | Refusal>;
}

/**
 * The first half of `startVerification`, for what must answer before the message is sent.
 *
 * @param pretend only draws on the limits, and writes nothing: for a number of which nobody may learn that it gets no message.
 *   Then there is nothing to send.
 */
export async function prepareVerification(
  request: StartRequest,
  pretend = false,
): Promise<Prepared | Refusal> {
  const { recipient, action = "code", locale = null } = request;
  const id = uuid();
  const messageId = uuid();
  const secret = drawSecret(action, id);
  const startedAt = now();
  const expiresAt = secondsAfter(startedAt, env().CODE_TTL_SECONDS);
  const written = await writeVerification(request, { id, messageId, secret, startedAt, expiresAt }, pretend);
  if (!written.started) return limitReached(written);
  const { number: to, country } = recipient;
  const message = {
    verificationId: id,
    messageId,
    to,
    country,
    action,
    locale,
    secret,
    attempt: 1,
    expiresAt,
  };
  return { id, expiresAt, send: () => sendMessage(message) };
}

interface NewVerification {
  id: string;
  messageId: string;
  secret: string;
  startedAt: Date;
  expiresAt: Date;
}

interface Written {
  started: boolean;
  /** Seconds to wait for each limit that is reached; null where none has to. */
  addressWait: number | null;
  startsWait: number | null;
  gapWait: number | null;
}

/**
 * One statement: locks the limits' rows, and if all of them allow it, draws on each and writes the verification and its
 * message. A start that one limit refuses so uses up nothing of another: neither a stranger's what a number is allowed, nor a
 * number's what an address is.
 *
 * A row that is not there yet cannot be locked; of concurrent first starts for a number, the draw itself lets one through.
 */
async function writeVerification(
  request: StartRequest,
  row: NewVerification,
  pretend: boolean,
): Promise<Written> {
  const { recipient, action = "code", locale, redirectUrl, browser, clientAddress, idempotency } = request;
  const { id, messageId, secret, startedAt, expiresAt } = row;
  const number = sql`${recipient.number}::text`;
  const address = sql`${clientAddress ? addressSubject(clientAddress) : null}::text`;
  const gap = sendGap();
  const ifDrawn = (step: Sql) => sql`where exists (select from ${step})`;
  const waitFor = ({ name }: Limit, step: Sql) => sql`coalesce(
    (select wait from reached where name = ${name}),
    case when not exists (select from reached) and not exists (select from ${step}) then 1 end)`;

  const [written] = await db().$queryRaw<[Written]>`
    with reached as materialized (
      ${reachedLimits(
        [
          { limit: gap, subject: number },
          { limit: STARTS_FOR_NUMBER, subject: number },
          { limit: STARTS_FROM_ADDRESS, subject: address },
        ],
        startedAt,
      )}
    ), gap as (
      ${draw(gap, number, startedAt, sql`where not exists (select from reached)`)}
    ), starts as (
      ${draw(STARTS_FOR_NUMBER, number, startedAt, ifDrawn(sql`gap`))}
    ), address as (
      ${clientAddress ? draw(STARTS_FROM_ADDRESS, address, startedAt, ifDrawn(sql`starts`)) : sql`select from starts`}
    ), started as (
      insert into verification (id, "to", country, network, block, action, locale, redirect_url, browser, client_ip, api_key,
        idempotency_key, request_hash, created_at, expires_at)
      select ${id}::uuid, ${recipient.number}, ${recipient.country}, ${recipient.network}::text, ${recipient.block},
        ${action}::tracked_action,
        ${locale ?? null}::text, ${redirectUrl ?? null}::text, ${browser ?? null}::bytea, ${clientAddress ?? null}::text,
        ${idempotency?.apiKey ?? null}::bytea, ${idempotency?.key ?? null}::text,
        ${idempotency?.requestHash ?? null}::bytea, ${startedAt}::timestamptz, ${expiresAt}::timestamptz
      from address ${pretend ? sql`where false` : empty}
      on conflict (api_key, idempotency_key) do nothing
      returning id, country, network, block, action
    ), message as (
      insert into message (id, verification_id, secret_hash, country, network, block, action, sender, attempt, requested_at)
      select ${messageId}::uuid, id, ${secretHash(id, secret)}::bytea, country, network, block, action, ${sender()}, 1,
        ${startedAt}::timestamptz
      from started
    )
    select exists (select from ${pretend ? sql`address` : sql`started`}) as started,
      ${waitFor(gap, sql`gap`)} as "gapWait",
      ${waitFor(STARTS_FOR_NUMBER, sql`starts`)} as "startsWait",
      ${waitFor(STARTS_FROM_ADDRESS, sql`address`)} as "addressWait"`;
  return written;
}

function limitReached({ addressWait, gapWait, startsWait }: Written): Refusal {
  if (gapWait !== null) {
    return {
      problem: "resend_too_soon",
      retryAfter: gapWait,
      detail: `A code was sent to this number a moment ago; another one can be sent in ${gapWait} s.`,
    };
  }
  const retryAfter = addressWait ?? startsWait ?? 1;
  const whose = addressWait === null ? "for this number" : "from this address";
  return {
    problem: "too_many_starts",
    retryAfter,
    detail: `Too many verifications were started ${whose}; try again in ${retryAfter} s.`,
  };
}
