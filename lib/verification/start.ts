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
  secondsUntilAllowed,
  sendGap,
  STARTS_FOR_NUMBER,
  STARTS_FROM_ADDRESS,
} from "../protection/quota";
import type { TrackedAction } from "@/prisma/generated/enums";
import type { Recipient } from "./recipient";
import { findRepeat, type IdempotentRequest } from "./repeat";
import { drawSecret, secretHash } from "./secrets";
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
  /** Seconds to wait for each limit; null where it was not reached. */
  addressWait: number | null;
  startsWait: number | null;
  gapWait: number | null;
}

/**
 * One statement: draws on the limits, one after the other so that a refused one leaves the next untouched, and writes the
 * verification and its message when all of them allow it. The address comes first: a client that is refused must not use up
 * what a number it does not own is allowed.
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
  const allowed = (step: Sql) => sql`where exists (select from ${step})`;
  const gap = sendGap();

  const [written] = await db().$queryRaw<[Written]>`
    with address as (
      ${clientAddress ? draw(STARTS_FROM_ADDRESS, address, startedAt, empty) : sql`select 1`}
    ), gap as (
      ${draw(gap, number, startedAt, allowed(sql`address`))}
    ), starts as (
      ${draw(STARTS_FOR_NUMBER, number, startedAt, allowed(sql`gap`))}
    ), started as (
      insert into verification (id, "to", country, action, locale, redirect_url, browser, client_ip, api_key,
        idempotency_key, request_hash, created_at, expires_at)
      select ${id}::uuid, ${recipient.number}, ${recipient.country}, ${action}::tracked_action, ${locale ?? null}::text,
        ${redirectUrl ?? null}::text, ${browser ?? null}::bytea, ${clientAddress ?? null}::text, ${idempotency?.apiKey ?? null}::bytea, ${idempotency?.key ?? null}::text,
        ${idempotency?.requestHash ?? null}::bytea, ${startedAt}::timestamptz, ${expiresAt}::timestamptz
      from starts ${pretend ? sql`where false` : empty}
      on conflict (api_key, idempotency_key) do nothing
      returning id
    ), message as (
      insert into message (id, verification_id, secret_hash, country, block, sender, attempt, requested_at)
      select ${messageId}::uuid, id, ${secretHash(id, secret)}::bytea, ${recipient.country}, ${recipient.block},
        ${sender()}, 1, ${startedAt}::timestamptz
      from started
    )
    select exists (select from ${pretend ? sql`starts` : sql`started`}) as started,
      case when not exists (select from address)
        then ${secondsUntilAllowed(STARTS_FROM_ADDRESS, address, startedAt)} end as "addressWait",
      case when exists (select from address) and not exists (select from gap)
        then ${secondsUntilAllowed(gap, number, startedAt)} end as "gapWait",
      case when exists (select from gap) and not exists (select from starts)
        then ${secondsUntilAllowed(STARTS_FOR_NUMBER, number, startedAt)} end as "startsWait"`;
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
