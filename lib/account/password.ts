/**
 * Passwords: argon2id, with the parameters OWASP names first (19 MiB, two passes, one lane).
 */
import { hash, verify, type Options } from "@node-rs/argon2";
import { v7 as uuid } from "uuid";
import { now } from "../clock";
import { db, sql } from "../db";
import { refusal, type Refusal } from "../errors";
import type { Asker } from "../protection/asker";
import { passwordWait } from "../protection/password-limits";
import { checkVerification, type CheckRequest, type CheckResult } from "../verification/check";
import type { Recipient } from "../verification/recipient";
import type { Viewer } from "./session";

/** NIST SP 800-63B-4, section 3.1.1.2: at least 8 characters beside another factor, at least 64 allowed, no rules of composition. */
export const PASSWORD_LENGTH = { least: 8, most: 256 };

const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Why a password cannot be taken; null when it can. Counted is what is hashed, not what was typed. */
export function passwordFault(password: string): "too_short" | "too_long" | null {
  const { length } = prepared(password);
  if (length < PASSWORD_LENGTH.least) return "too_short";
  return length > PASSWORD_LENGTH.most ? "too_long" : null;
}

/** The form a password is hashed in: what looks the same is the same (NIST asks for NFKC or NFKD). */
function prepared(password: string): string {
  return password.normalize("NFKC");
}

/**
 * Sets a new password with a temporary one. The approval, the password and the end of all of the account's sessions are one statement.
 *
 * @param temporaryPassword as `normalizePassword` left it
 * @returns as `checkVerification`
 */
export async function resetPassword(
  verificationId: string,
  temporaryPassword: string,
  newPassword: string,
  request: CheckRequest = {},
): Promise<CheckResult> {
  const passwordHash = await hash(prepared(newPassword), PARAMETERS);
  const after = sql`, owner as (
      insert into account (id, number, country, password_hash, created_at)
      select ${uuid()}::uuid, "to", country, ${passwordHash}, ${now()}::timestamptz from moved
      where verdict = 'approved'
      on conflict (number) do update set password_hash = excluded.password_hash
      returning id
    ), ended as (
      delete from session s using owner where s.account_id = owner.id
    )`;
  return checkVerification(verificationId, temporaryPassword, "temporary_password", { ...request, after });
}

/** Sets the password of someone who is signed in, and ends their other sessions. */
export async function setPassword({ accountId, sessionId }: Viewer, newPassword: string): Promise<void> {
  const passwordHash = await hash(prepared(newPassword), PARAMETERS);
  await db().$executeRaw`
    with owner as (
      update account set password_hash = ${passwordHash} where id = ${accountId}::uuid returning id
    )
    delete from session s using owner where s.account_id = owner.id and s.id <> ${sessionId}::uuid`;
}

/** Whether a number has an account with a password; only for what tells the asker nothing. */
export async function hasPassword(number: string): Promise<boolean> {
  const account = await db().account.findUnique({ where: { number }, select: { passwordHash: true } });
  return account?.passwordHash != null;
}

/** A hash nobody has the password of, to be as slow without an account as with one. */
let nobodysHash: Promise<string> | undefined;

/** `wrong` is the number or the password; which of them is not said. */
export type PasswordCheck = { outcome: "right"; accountId: string } | { outcome: "wrong" } | Refusal;

/** Checks a number's password. Tries are limited, right or wrong, the number known or not: see `passwordWait`. */
export async function checkPassword(
  { number }: Recipient,
  password: string,
  asker: Asker = {},
): Promise<PasswordCheck> {
  const retryAfter = await passwordWait(number, asker);
  if (retryAfter !== null) {
    return refusal("check_delayed", {
      retryAfter,
      detail: `Too many passwords were tried; try again in ${retryAfter} s.`,
    });
  }
  const account = await db().account.findUnique({ where: { number } });
  const known = account?.passwordHash ?? (await (nobodysHash ??= hash(uuid(), PARAMETERS)));
  const right = await verify(known, prepared(password));
  return right && account?.passwordHash ? { outcome: "right", accountId: account.id } : { outcome: "wrong" };
}
