/**
 * A forgotten password: a temporary one by SMS, with which a new one is set. Whether a number has an account, and one with a
 * password, cannot be learned: without one the same limits are drawn on, the same answers given, and the same tries counted;
 * only no message is sent.
 */
import { timingSafeEqual } from "node:crypto";
import { v7 as uuid } from "uuid";
import { now, secondsAfter } from "../clock";
import { db, sql } from "../db";
import { env } from "../env";
import { refusal, type Refusal } from "../errors";
import { countFailure, delayOf, QUOTA_MEMORY_SECONDS, seconds } from "../protection/quota";
import type { CheckResult } from "../verification/check";
import type { Recipient } from "../verification/recipient";
import { keyedHash } from "../secrets";
import { LATE_SECONDS } from "../terms/limits";
import { prepareVerification } from "../verification/start";
import { drawAsStart } from "../verification/start-limits";
import { getVerification } from "../verification/verification";
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

/** A reset that was begun. `afterAnswer` is to be done once that is answered, since sending takes time that would tell. */
export type BegunReset = { outcome: "begun"; reset: Reset; afterAnswer: () => Promise<void> } | Refusal;

/**
 * Begins a reset.
 *
 * @returns a refusal is `too_many_starts` or `resend_too_soon`, for any number alike
 */
export async function beginReset(request: ResetRequest): Promise<BegunReset> {
  const { number } = request.recipient;
  return (await hasPassword(number)) ? beginWithMessage(request) : beginWithout(request);
}

async function beginWithMessage(request: ResetRequest): Promise<BegunReset> {
  const prepared = await prepareVerification({ ...request, action: "temporary_password" });
  if (prepared.outcome === "refused") return prepared;
  const { id, expiresAt, send } = prepared;
  const afterAnswer = async () => {
    await send();
  };
  return { outcome: "begun", reset: { id, number: request.recipient.number, expiresAt }, afterAnswer };
}

async function beginWithout({ recipient, clientAddress }: ResetRequest): Promise<BegunReset> {
  const limited = await drawAsStart({ recipient, clientAddress });
  if (limited) return limited;
  const expiresAt = secondsAfter(now(), env().CODE_TTL_SECONDS);
  const reset = { id: uuid(), number: recipient.number, expiresAt };
  return { outcome: "begun", reset, afterAnswer: () => Promise.resolve() };
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
): Promise<CheckResult> {
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

/**
 * The tries of a reset without a verification, counted as a bucket that loses nothing as long as any secret may come back: a lifetime
 * and a day, in which late tries count too.
 */
const PRETENDED_TRIES = { name: "pretended_tries", everySeconds: QUOTA_MEMORY_SECONDS };

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
 * as safe against concurrent tries. Late ones count too, and are answered like any other late try.
 */
async function failedTry(reset: Reset): Promise<CheckResult> {
  const moment = now();
  if (moment >= secondsAfter(reset.expiresAt, LATE_SECONDS)) return refusal("expired");
  const { tries, before, wait } = await countTry(reset, moment);
  if (moment >= reset.expiresAt) return refusal("expired");
  const most = env().MAX_CHECKS;
  if (tries !== null) {
    return tries < most
      ? { outcome: "pending", checksLeft: most - tries }
      : { outcome: "max_checks_reached", checksLeft: 0 };
  }
  if (wait === null || (before ?? 0) >= most) return refusal("max_checks_reached");
  return refusal("check_delayed", { retryAfter: wait });
}

/** The lock stands in for that of the verification there is not: it is taken before the number's count, as in `decide`. */
async function countTry({ id, number }: Reset, moment: Date): Promise<Tried> {
  const at = sql`${moment}::timestamptz`;
  const { name, everySeconds } = PRETENDED_TRIES;
  const most = env().MAX_CHECKS;
  const count = sql`ceil(extract(epoch from tat - ${at}) / ${everySeconds}::float8)::int`;
  const [tried] = await db().$queryRaw<[Tried]>`
    with locked as materialized (
      select pg_advisory_xact_lock(hashtextextended(${id}, 0))
    ), failures as materialized (
      ${delayOf(sql`(select ${number}::text from locked)`, moment)}
    ), tried as (
      insert into quota as q (name, subject, tat, used_at)
      select ${name}, ${id}, ${at} + ${seconds(everySeconds)}, ${at}
      where not exists (select from failures where wait is not null)
      on conflict (name, subject) do update set tat = q.tat + ${seconds(everySeconds)}, used_at = ${at}
        where q.tat <= ${at} + ${seconds(everySeconds * (most - 1))}
      returning ${count} as tries
    ), counted as (
      ${countFailure(sql`${number}::text`, moment, sql`from tried`)}
    )
    select (select tries from tried) as tries,
      (select ${count} from quota where name = ${name} and subject = ${id}) as before,
      (select wait from failures) as wait`;
  return tried;
}
