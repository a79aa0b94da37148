/**
 * A forgotten password: a temporary one by SMS, with which a new one is set. Whether a number has an account, and one with a
 * password, cannot be learned: without one the same limits are drawn on, the same answers given, and the same tries counted;
 * only no message is sent.
 */
import { timingSafeEqual } from "node:crypto";
import { v7 as uuid } from "uuid";
import { now } from "../clock";
import { db, sql } from "../db";
import { env } from "../env";
import { isRefusal, type Refusal } from "../errors";
import { DELAYED_CHECK_SECONDS, FAILED_CHECKS } from "../protection/quota";
import type { CheckResult } from "../verification/check";
import type { Recipient } from "../verification/recipient";
import { keyedHash } from "../secrets";
import { prepareVerification } from "../verification/start";
import { getVerification } from "../verification/view";
import { hasPassword, resetPassword } from "./password";

/** A reset somebody asked for, whether or not there is anything to reset. */
export interface Reset {
  /** Of the verification, where there is one. */
  id: string;
  /** E.164. */
  number: string;
  expiresAt: Date;
}

interface ResetRequest {
  recipient: Recipient;
  clientAddress?: string;
  browser: Uint8Array<ArrayBuffer>;
}

/**
 * Begins a reset.
 *
 * @returns the reset and what is to be done once it is answered, since sending takes time that would tell; or
 *   `too_many_starts` or `resend_too_soon`, for any number alike
 */
export async function beginReset(
  request: ResetRequest,
): Promise<{ reset: Reset; afterAnswer: () => Promise<void> } | Refusal> {
  const { number } = request.recipient;
  const known = await hasPassword(number);
  const prepared = await prepareVerification({ ...request, action: "temporary_password" }, !known);
  if (isRefusal(prepared)) return prepared;
  const { id, expiresAt, send } = prepared;
  const afterAnswer = async () => {
    if (known) await send();
  };
  return { reset: { id, number, expiresAt }, afterAnswer };
}

/**
 * Sets a new password with a temporary one.
 *
 * @param browser the one that began it
 * @param temporaryPassword as `normalizePassword` left it
 * @returns as `checkVerification`
 */
export async function finishReset(
  reset: Reset,
  browser: Uint8Array<ArrayBuffer>,
  temporaryPassword: string,
  newPassword: string,
): Promise<CheckResult | Refusal> {
  const verification = await getVerification(reset.id, browser);
  // Without one this still hashes the password, which takes longer than all the rest.
  const result = await resetPassword(verification?.id ?? uuid(), temporaryPassword, newPassword);
  return verification ? result : failedTry(reset);
}

/** A reset as text that only we can have made, for the browser to keep. */
export function sealReset({ id, number, expiresAt }: Reset): string {
  const text = [id, number, expiresAt.getTime()].join("~");
  return `${text}~${seal(text).toString("base64url")}`;
}

/** The reset a text was sealed of; null for any other text. */
export function unsealReset(sealed: string): Reset | null {
  const [, text = "", id = "", number = "", expiresAt, given = ""] =
    /^(([\da-f-]{36})~(\+\d{1,15})~(\d{1,15}))~([\w-]{43})$/.exec(sealed) ?? [];
  if (!timingSafeEqual(seal(text), Buffer.concat([Buffer.from(given, "base64url")], 32))) return null;
  return { id, number, expiresAt: new Date(Number(expiresAt)) };
}

function seal(text: string): Buffer {
  return Buffer.from(keyedHash("reset", text));
}

/** The tries of a reset without a verification, counted as a bucket that stays full as long as any secret works. */
const PRETENDED_TRIES = { name: "pretended_tries", everySeconds: 86_400 };

interface Tried {
  /** How many tries there are now, this one included; null when it was not evaluated. */
  tries: number | null;
  /** How many there were. */
  before: number | null;
  /** Seconds until this number's next try is evaluated; null when that is now. */
  wait: number | null;
}

/**
 * A wrong try for a number that has no password: counted and answered as `decide` does it, for the reset and for the number, and
 * as safe against concurrent tries.
 */
async function failedTry({ id, number, expiresAt }: Reset): Promise<CheckResult | Refusal> {
  const moment = now();
  if (moment >= expiresAt) return { problem: "expired" };
  const at = sql`${moment}::timestamptz`;
  const most = env().MAX_CHECKS;
  const seconds = (count: number) => sql`make_interval(secs => ${count}::float8)`;
  const { name, everySeconds } = PRETENDED_TRIES;
  const failureInterval = seconds(FAILED_CHECKS.everySeconds);
  const failureBurst = seconds(FAILED_CHECKS.everySeconds * FAILED_CHECKS.burst);
  const count = sql`ceil(extract(epoch from tat - ${at}) / ${everySeconds}::float8)::int`;

  const [tried] = await db().$queryRaw<[Tried]>`
    with delay as materialized (
      select used_at + ${seconds(DELAYED_CHECK_SECONDS)} - ${at} as wait from quota
      where name = ${FAILED_CHECKS.name} and subject = ${number} and tat > ${at} + ${failureBurst} - ${failureInterval}
        and used_at > ${at} - ${seconds(DELAYED_CHECK_SECONDS)}
      for update
    ), tried as (
      insert into quota as q (name, subject, tat, used_at)
      select ${name}, ${id}, ${at} + ${seconds(everySeconds)}, ${at} where not exists (select from delay)
      on conflict (name, subject) do update set tat = q.tat + ${seconds(everySeconds)}, used_at = ${at}
        where q.tat <= ${at} + ${seconds(everySeconds * (most - 1))}
      returning ${count} as tries
    ), counted as (
      insert into quota as q (name, subject, tat, used_at)
      select ${FAILED_CHECKS.name}, ${number}, ${at} + ${failureInterval}, ${at} from tried
      on conflict (name, subject) do update
        set tat = least(greatest(q.tat, ${at}) + ${failureInterval}, ${at} + ${failureBurst}), used_at = ${at}
    )
    select (select tries from tried) as tries,
      (select ${count} from quota where name = ${name} and subject = ${id}) as before,
      (select greatest(1, ceil(extract(epoch from wait)))::int from delay) as wait`;

  const { tries, before, wait } = tried;
  if (tries !== null) {
    return tries < most
      ? { status: "pending", checksLeft: most - tries }
      : { status: "max_checks_reached", checksLeft: 0 };
  }
  if (wait === null || (before ?? 0) >= most) return { problem: "max_checks_reached" };
  return { problem: "check_delayed", retryAfter: wait };
}
