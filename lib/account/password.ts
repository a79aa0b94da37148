/**
 * Passwords: set with a secret that was texted, and checked.
 */
import { v7 as uuid } from "uuid";
import { now } from "../clock";
import { db, sql } from "../db";
import { refusal, type Refusal } from "../errors";
import type { Asker } from "../protection/asker";
import { passwordWait } from "../protection/password-limits";
import { awaitsSecret, checkVerification, type CheckRequest, type CheckResult } from "../verification/check";
import type { Recipient } from "../verification/recipient";
import { writeNotice } from "../delivery/notices";
import { HASHING_BUSY, hashPassword, isHashingBusy, isPasswordOf } from "./hashing";
import { isOperatorNumber } from "./operators";
import { isEnoughAlone, prepared } from "./password-rule";
import { forgetBrowsers, newSessionToken, tokenHash, type Viewer } from "./session";

/**
 * Sets a new password with a temporary one. The approval, the password, the end of all of the account's sessions, the forgetting of all
 * other browsers and the notice to the number are one statement. Whether the password may be set, `passwordFault` says before. It is hashed
 * only where a right secret would be taken, which is looked at before, whatever the secret is: how long it takes must not tell.
 *
 * The same request again is approved again, since the first answer may have been lost; with another new password it is `already_used`.
 *
 * @param temporaryPassword as `normalizePassword` left it
 * @returns as `checkVerification`; or `unavailable` when too many passwords are being hashed
 */
export async function resetPassword(
  verificationId: string,
  temporaryPassword: string,
  newPassword: string,
  request: CheckRequest = {},
): Promise<CheckResult> {
  const awaited = await awaitsSecret(verificationId, "temporary_password", request);
  if (awaited && isHashingBusy()) return HASHING_BUSY;
  const passwordHash = awaited ? await hashPassword(prepared(newPassword)) : null;
  const after = sql`, proven as (
      select "to" as number, country, device from moved where verdict = 'approved'
    ), forgotten as (
      ${forgetBrowsers(sql`proven`, sql`coalesce(${request.knownBrowser ?? null}::bytea, o.device)`)}
    ), owner as (
      insert into account (id, number, country, password_hash, created_at)
      select ${uuid()}::uuid, number, country, ${passwordHash}, ${now()}::timestamptz from proven
      where (select count(*) from forgotten) >= 0
      on conflict (number) do update set password_hash = excluded.password_hash
      returning id, number, country
    ), ended as (
      delete from session s using owner where s.account_id = owner.id
    ), told as (${writeNotice("password_set", sql`owner`)})`;
  const result = await checkVerification(verificationId, temporaryPassword, "temporary_password", {
    ...request,
    after,
    lateOnly: !awaited,
  });
  if (result.outcome !== "approved" || !result.again) return result;
  if (isHashingBusy()) return HASHING_BUSY;
  return (await isPasswordSetBy(verificationId, newPassword)) ? result : refusal("already_used");
}

/** Whether the account that a verification's number belongs to has this password. Only for who has proven to own the number. */
async function isPasswordSetBy(verificationId: string, password: string): Promise<boolean> {
  const [account] = await db().$queryRaw<{ known: string | null }[]>`
    select a.password_hash as known from verification v join account a on a.number = v."to" where v.id = ${verificationId}::uuid`;
  return account?.known != null && isPasswordOf(account.known, prepared(password));
}

/** A password that someone who is signed in sets, and the code that was texted for it. */
interface OwnPassword {
  verificationId: string;
  /** As `normalizeCode` left it. */
  code: string;
  newPassword: string;
}

/**
 * Sets the password of someone who is signed in, with a fresh code: a session alone, perhaps of a browser left open, must not take an
 * account over. It ends the other sessions, forgets the other browsers, gives this session another token, and tells the number; all in one
 * statement.
 *
 * @returns as `resetPassword`; with an approval, the session's new token
 */
export async function setOwnPassword(
  { accountId, sessionId }: Viewer,
  { verificationId, code, newPassword }: OwnPassword,
  asker: CheckRequest = {},
): Promise<{ result: CheckResult; token: string }> {
  const token = newSessionToken();
  const awaited = await awaitsSecret(verificationId, "code", asker);
  if (awaited && isHashingBusy()) return { result: HASHING_BUSY, token };
  const passwordHash = awaited ? await hashPassword(prepared(newPassword)) : null;
  const after = sql`, proven as (
      select a.number from moved join account a on a.id = ${accountId}::uuid and a.number = moved."to"
      where moved.verdict = 'approved'
    ), forgotten as (
      ${forgetBrowsers(sql`proven`, sql`${asker.knownBrowser ?? null}::bytea`)}
    ), owner as (
      update account a set password_hash = ${passwordHash} from proven
      where a.number = proven.number and (select count(*) from forgotten) >= 0
      returning a.id, a.number, a.country
    ), ended as (
      delete from session s using owner where s.account_id = owner.id and s.id <> ${sessionId}::uuid
    ), renewed as (
      update session s set token_hash = ${tokenHash(token)}::bytea from owner where s.id = ${sessionId}::uuid
    ), told as (${writeNotice("password_set", sql`owner`)})`;
  // Not again: this session's token was renewed, and whoever comes with the old one is signed out.
  const request = { ...asker, after, lateOnly: !awaited, againWithin: 0 };
  return { result: await checkVerification(verificationId, code, "code", request), token };
}

/** Whether a number has an account with a password; only for what tells the asker nothing. */
export async function hasPassword(number: string): Promise<boolean> {
  const account = await db().account.findUnique({ where: { number }, select: { passwordHash: true } });
  return account?.passwordHash != null;
}

/** A hash nobody has the password of, to be as slow without an account as with one. */
let nobodysHash: Promise<string> | undefined;

/** `alone`: whether nothing else is needed to sign in; otherwise a code is. */
export type PasswordCheck =
  | { outcome: "right"; accountId: string; alone: boolean }
  // The number or the password: which of them is not said.
  | { outcome: "wrong" }
  | Refusal;

/** Checks a number's password. Tries are limited, right or wrong, the number known or not: see `passwordWait`. */
export async function checkPassword(
  { number }: Recipient,
  password: string,
  asker: Asker = {},
): Promise<PasswordCheck> {
  // Before it costs a try.
  if (isHashingBusy()) return HASHING_BUSY;
  const retryAfter = await passwordWait(number, asker);
  if (retryAfter !== null) {
    return refusal("check_delayed", {
      retryAfter,
      detail: `Too many passwords were tried; try again in ${retryAfter} s.`,
    });
  }
  const account = await db().account.findUnique({ where: { number } });
  const known = account?.passwordHash ?? (await (nobodysHash ??= hashPassword(uuid())));
  const right = await isPasswordOf(known, prepared(password));
  if (!right || !account?.passwordHash) return { outcome: "wrong" };
  const alone = isEnoughAlone(password) && (!isOperatorNumber(number) || (await isKnown(number, asker)));
  return { outcome: "right", accountId: account.id, alone };
}

/** Whether a browser has signed in to a number before. */
async function isKnown(number: string, { knownBrowser: browser }: Asker): Promise<boolean> {
  if (!browser) return false;
  const known = await db().knownBrowser.findUnique({
    where: { number_browser: { number, browser } },
    select: { since: true },
  });
  return known !== null;
}
