/**
 * Starts a verification: writes it with its first message, then sends that message.
 */
import { v7 as uuid } from "uuid";
import { now, secondsAfter } from "../clock";
import { db, empty, sql } from "../db";
import { env } from "../env";
import type { Refusal } from "../errors";
import { secretHash } from "../secrets";
import type { TrackedAction } from "@/prisma/generated/enums";
import { insertMessage } from "./insert-message";
import {
  answerRepeat,
  earlierStart,
  findRepeat,
  forgetKey,
  type Earlier,
  type IdempotentRequest,
} from "./repeat";
import { drawSecret } from "./secrets";
import { sendMessage, type Sending } from "./send-message";
import { limitReached, startLimits, type Starter, type Waits } from "./start-limits";
import { summaryOf } from "./verification";

export interface StartRequest extends Starter {
  /** What the recipient must do; `code` when it is not said. */
  action?: TrackedAction;
  /** The language of the message, as BCP 47. */
  locale?: string;
  /** Where a confirmed link leads to. */
  redirectUrl?: string;
  /** HMAC of the cookie of the browser that asks, where one does: only that browser may be signed in by it. */
  browser?: Uint8Array<ArrayBuffer>;
}

/**
 * Starts a verification.
 *
 * @param idempotency set when the caller may repeat the request. A repeat is looked at before any limit: it sends nothing and
 *   answers with the verification it started, however that stands now.
 * @returns how sending its message went; a refusal is `too_many_starts` or `resend_too_soon`, or of a repeat `request_in_flight`
 *   or `idempotency_key_reused`
 */
export async function startVerification(
  request: StartRequest,
  idempotency?: IdempotentRequest,
): Promise<Sending> {
  const planned = plan(request);
  const written = await write(planned, idempotency);
  switch (written.outcome) {
    case "started":
      return send(planned);
    case "repeated":
      return answerRepeat(written);
    case "limited":
      // A request with the same key may have been first by a moment: then its answer is ours, whatever limit it drew on.
      return (idempotency && (await findRepeat(idempotency))) ?? limitReached(written);
  }
}

/** A verification that is written with its first message, which is not sent yet. */
interface Prepared {
  outcome: "prepared";
  id: string;
  expiresAt: Date;
  send: () => Promise<Sending>;
}

/** The first half of `startVerification`, for what must answer before the message is sent. */
export async function prepareVerification(request: StartRequest): Promise<Prepared | Refusal> {
  const planned = plan(request);
  const written = await write(planned);
  switch (written.outcome) {
    case "started":
      return {
        outcome: "prepared",
        id: planned.id,
        expiresAt: planned.expiresAt,
        send: () => send(planned),
      };
    case "limited":
      return limitReached(written);
    case "repeated":
      throw new Error("what has no key repeats nothing");
  }
}

/** All of a verification and its first message that is decided before they are written. */
interface Planned {
  request: StartRequest;
  id: string;
  action: TrackedAction;
  messageId: string;
  secret: string;
  startedAt: Date;
  expiresAt: Date;
}

function plan(request: StartRequest): Planned {
  const { action = "code" } = request;
  const id = uuid();
  const startedAt = now();
  return {
    request,
    id,
    action,
    messageId: uuid(),
    secret: drawSecret(action, id),
    startedAt,
    expiresAt: secondsAfter(startedAt, env().CODE_TTL_SECONDS),
  };
}

type Written =
  | { outcome: "started" }
  | ({ outcome: "limited" } & Waits)
  /** The key came before: nothing was drawn on, and nothing written. */
  | ({ outcome: "repeated" } & Earlier);

/** One statement: looks whether the key came before; if not, draws on the limits and writes the verification and its message. */
async function write(planned: Planned, idempotency?: IdempotentRequest): Promise<Written> {
  const { request, id, action, messageId, secret, startedAt, expiresAt } = planned;
  const { recipient, locale, redirectUrl, browser, clientAddress } = request;
  const limits = startLimits(request, startedAt, sql`not exists (select from earlier)`);
  const message = {
    id: messageId,
    secretHash: sql`${secretHash(id, secret)}::bytea`,
    ordinal: sql`1`,
    requestedAt: startedAt,
  };
  const [written] = await db().$queryRaw<[Written]>`
    with earlier as materialized (${earlierStart(idempotency)}),
    ${idempotency ? sql`forgotten as (${forgetKey(idempotency)}),` : empty}
    ${limits.steps},
    started as (
      insert into verification (id, "to", country, network, block, action, locale, redirect_url, browser, client_ip, api_key,
        idempotency_key, request_hash, created_at, expires_at)
      select ${id}::uuid, ${recipient.number}, ${recipient.country}, ${recipient.network}::text, ${recipient.block},
        ${action}::tracked_action,
        ${locale ?? null}::text, ${redirectUrl ?? null}::text, ${browser ?? null}::bytea, ${clientAddress ?? null}::text,
        ${idempotency?.apiKey ?? null}::bytea, ${idempotency?.key ?? null}::text,
        ${idempotency?.requestHash ?? null}::bytea, ${startedAt}::timestamptz, ${expiresAt}::timestamptz
      from drawn ${idempotency ? sql`where (select count(*) from forgotten) >= 0` : empty}
      on conflict (api_key, idempotency_key) do nothing
      returning id, country, network, block, action
    ), first_message as (
      ${insertMessage(message, sql`started v`)}
    )
    select
      case when exists (select from earlier) then 'repeated'
        when exists (select from started) then 'started'
        else 'limited' end as outcome,
      ${limits.waits}, earlier.*
    from (select) one left join earlier on true`;
  return written;
}

/** From what was planned: nothing is read back that was just written. */
function send({ request, id, action, messageId, secret, startedAt, expiresAt }: Planned): Promise<Sending> {
  const { recipient, locale = null } = request;
  const verification = summaryOf(
    {
      id,
      status: "pending",
      action,
      to: recipient.number,
      country: recipient.country,
      expiresAt,
      failedChecks: 0,
      sends: 1,
      newestRequestedAt: startedAt,
    },
    startedAt,
  );
  return sendMessage({ verification, messageId, ordinal: 1, secret, locale });
}
