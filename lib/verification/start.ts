/**
 * Starts a verification: writes it with its first message, then sends that message.
 */
import { now, secondsAfter } from "../clock";
import { idAt } from "../ids";
import { empty, runInLine, sql, type Sql } from "../db";
import { env } from "../env";
import type { Refusal } from "../errors";
import { addressSubject, askerColumns, type Asker } from "../protection/asker";
import { circleOfStart } from "../protection/circle";
import { destinationRefused, isRefusedCountry } from "../protection/destinations";
import { keepRefusedCountry } from "../protection/decisions";
import { placeColumns } from "../protection/protect";
import { limitReached, sendLimits, type Waits } from "../protection/send-limits";
import { isTestNumber } from "../protection/test-numbers";
import { secretHash } from "../secrets";
import type { TrackedAction } from "@/prisma/generated/enums";
import { chooseSender, sendingBy, type ChosenSender } from "../senders/choose";
import { languageOf } from "../messaging/body";
import { insertMessage } from "./insert-message";
import type { Recipient } from "./recipient";
import { answerRepeat, earlierStart, findRepeat, forgetKey, type Earlier } from "./repeat";
import type { IdempotentRequest } from "./idempotency";
import { drawSecret } from "./secrets";
import { sendMessage, type Sending } from "./send-message";
import { startTestVerification } from "./test-verification";
import { summaryOf } from "./verification";

/** More of a user agent than tells browsers apart is not kept. */
const LONGEST_AGENT = 300;

/** `browser`, where a browser asks, is also the only one that may be signed in by it. */
export interface StartRequest extends Asker {
  recipient: Recipient;
  /** What the recipient must do; `code` when it is not said. */
  action?: TrackedAction;
  /** The language of the message, as BCP 47. */
  locale?: string;
  /** Where a confirmed link leads to. */
  redirectUrl?: string;
  /** What the browser that asks calls itself: the page of a link says it. */
  userAgent?: string | null;
  /** Digest of the API key of the program that asks, where one does: no other program finds the verification. */
  apiKey?: Uint8Array<ArrayBuffer>;
  /** Whether whoever asks has just given the number's right password: then strangers have used up nothing of what this needs. */
  afterPassword?: boolean;
}

/**
 * Starts a verification.
 *
 * @param idempotency set when the caller may repeat the request. A repeat is looked at before any limit: it sends nothing and
 *   answers with the verification it started, however that stands now.
 * @returns how sending its message went; a refusal is `destination_refused`, `rate_limited`, `too_many_starts` or
 *   `resend_too_soon`, or of a repeat `request_in_flight` or `idempotency_key_reused`
 */
export async function startVerification(
  request: StartRequest,
  idempotency?: IdempotentRequest,
): Promise<Sending> {
  if (isTestNumber(request.recipient.number)) return startTestVerification(request, idempotency);
  if (isRefusedCountry(request.recipient.country)) {
    return (idempotency && (await findRepeat(idempotency))) ?? refuseCountry(request.recipient);
  }
  const planned = plan(request);
  const written = await write(planned, { idempotency });
  switch (written.outcome) {
    case "started":
      return send(planned, written);
    case "repeated":
      return answerRepeat(written);
    case "limited":
      // A request with the same key may have been first by a moment: then its answer is ours, whatever limit it drew on.
      return (idempotency && (await findRepeat(idempotency))) ?? limitReached(written);
  }
}

async function refuseCountry(recipient: Recipient): Promise<Refusal> {
  await keepRefusedCountry(recipient);
  return destinationRefused(recipient.country);
}

/** A verification that is written with its first message, which is not sent yet. */
interface Prepared {
  outcome: "prepared";
  id: string;
  expiresAt: Date;
  send: () => Promise<void>;
}

/**
 * The first half of `startVerification`, for what must answer before the message is sent.
 *
 * @param hasMessage false for a verification that has no message and never will: it counts its tries and stands on its limits like
 *   any other, and no secret is right. For who must not learn that there is none.
 */
export async function prepareVerification(
  request: StartRequest,
  hasMessage = true,
): Promise<Prepared | Refusal> {
  if (isTestNumber(request.recipient.number)) return prepareTestVerification(request);
  if (isRefusedCountry(request.recipient.country)) return refuseCountry(request.recipient);
  const planned = plan(request);
  const written = await write(planned, { hasMessage });
  switch (written.outcome) {
    case "started":
      return {
        outcome: "prepared",
        id: planned.id,
        expiresAt: planned.expiresAt,
        send: async () => {
          if (hasMessage) await send(planned, written);
        },
      };
    case "limited":
      return limitReached(written);
    case "repeated":
      throw new Error("what has no key repeats nothing");
  }
}

/** Of a test number nothing is sent, and its code is no temporary password: it looks like what has no message, without the limits. */
async function prepareTestVerification(request: StartRequest): Promise<Prepared | Refusal> {
  const started = await startTestVerification(request);
  if (started.outcome === "refused") return started;
  const { id, expiresAt } = started.verification;
  return { outcome: "prepared", id, expiresAt, send: () => Promise.resolve() };
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
  const startedAt = now();
  const id = idAt(startedAt);
  return {
    request,
    id,
    action,
    messageId: idAt(startedAt),
    secret: drawSecret(action, id),
    startedAt,
    expiresAt: secondsAfter(startedAt, env().CODE_TTL_SECONDS),
  };
}

type Written =
  | ({ outcome: "started" } & ChosenSender)
  | ({ outcome: "limited" } & Waits)
  /** The key came before: nothing was drawn on, and nothing written. */
  | ({ outcome: "repeated" } & Earlier);

interface Writing {
  idempotency?: IdempotentRequest;
  hasMessage?: boolean;
}

/** One statement: looks whether the key came before; if not, draws on the limits and writes the verification and its message. */
async function write(planned: Planned, { idempotency, hasMessage = true }: Writing): Promise<Written> {
  const { request, id, messageId, secret, startedAt } = planned;
  const limits = sendLimits(sql`asking`, startedAt, { verification: sql`${id}::uuid`, isSent: hasMessage });
  const message = {
    id: messageId,
    secretHash: sql`${secretHash(id, secret)}::bytea`,
    ordinal: sql`1`,
    requestedAt: startedAt,
  };
  const first = insertMessage(message, sql`(select * from started where ${hasMessage}) v`);
  // The key is let go of first: then a verification's row is locked before a number's, as everywhere.
  const isNew = sql`not exists (select from earlier)
    ${idempotency ? sql`and (select count(*) from forgotten) >= 0` : empty}`;
  const [written] = await runInLine<[Written]>(
    "start",
    sql`
    with earlier as materialized (${earlierStart(idempotency)}),
    ${idempotency ? sql`forgotten as (${forgetKey(idempotency)}),` : empty}
    asking as (
      select ${request.recipient.number}::text as number, ${askerColumns(request)}, ${placeColumns(request.recipient, askedFrom(request))},
        ${circleOfStart({ ...request, apiKey: idempotency?.apiKey ?? request.apiKey })} as circle
      where ${isNew}
    ),
    ${limits.steps},
    chosen as materialized (${chooseSender(sql`(select country, ${planned.action}::tracked_action as action from asking)`)}),
    started as (${insertVerification(planned, idempotency)}),
    first_message as (${first})
    select
      case when exists (select from earlier) then 'repeated'
        when exists (select from started) then 'started'
        else 'limited' end as outcome,
      ${limits.waits}, chosen.*, earlier.*
    from (select) one left join chosen on true left join earlier on true`,
  );
  return written;
}

/** The address as limits count it. */
function askedFrom({ clientAddress }: Asker): string | null {
  return clientAddress === undefined ? null : addressSubject(clientAddress);
}

function insertVerification(planned: Planned, idempotency?: IdempotentRequest): Sql {
  const { request, id, action, startedAt, expiresAt } = planned;
  const {
    recipient,
    locale,
    redirectUrl,
    browser,
    device,
    afterPassword = false,
    clientAddress,
    userAgent,
    apiKey,
  } = request;
  return sql`
    insert into verification (id, "to", country, network, block, action, locale, redirect_url, browser, device, after_password,
      client_ip, asked_from, asked_agent, api_key, idempotency_key, request_hash, created_at, expires_at,
      sender, channel)
    select ${id}::uuid, ${recipient.number}, ${recipient.country}, ${recipient.network}::text, ${recipient.block},
      ${action}::tracked_action, ${languageOf(locale ?? null, recipient.country)}::text, ${redirectUrl ?? null}::text, ${browser ?? null}::bytea,
      ${device ?? null}::bytea, ${afterPassword}::boolean, ${clientAddress ?? null}::text, ${askedFrom(request)}::text, ${userAgent?.slice(0, LONGEST_AGENT) ?? null}::text, ${idempotency?.apiKey ?? apiKey ?? null}::bytea, ${idempotency?.key ?? null}::text,
      ${idempotency?.requestHash ?? null}::bytea, ${startedAt}::timestamptz, ${expiresAt}::timestamptz, chosen.sender, chosen.channel
    from drawn, chosen
    on conflict (api_key, idempotency_key) do nothing
    returning id, country, network, block, action, locale`;
}

/** From what was planned: nothing is read back that was just written. */
function send(
  { request, id, action, messageId, secret, startedAt, expiresAt }: Planned,
  chosen: ChosenSender,
): Promise<Sending> {
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
  const by = sendingBy(chosen);
  return sendMessage({ verification, messageId, ordinal: 1, secret, locale, requestedAt: startedAt, by });
}
