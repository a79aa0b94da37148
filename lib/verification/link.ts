/**
 * A link between its being opened and its being decided: who asked for it, and "No, that was not me".
 */
import { now } from "../clock";
import { db, sql, type Sql } from "../db";
import { NO_SUCH_VERIFICATION, refusal, type Refusal } from "../errors";
import { log } from "../log";
import { secretHash } from "../secrets";
import type { VerificationStatus } from "../terms/statuses";
import { verificationOfToken } from "./secrets";

/** A link that we sent. */
export interface SentLink {
  verificationId: string;
  /** `expired` also where nobody has noted it yet. */
  status: VerificationStatus;
  /** The browser that asked on our login page; null where a program asked, and nobody is signed in by it. */
  asker: LinkAsker | null;
}

interface LinkAsker {
  /** Whether it is the browser that opens the link now. */
  isOpener: boolean;
  userAgent: string | null;
  /** In full: not for showing. */
  address: string | null;
  askedAt: Date;
}

/** The condition that a verification `v` sent this token. */
function isOf(id: string, token: string): Sql {
  return sql`v.id = ${id}::uuid and v.action = 'link' and exists (
    select from message m where m.verification_id = v.id and m.secret_hash = ${secretHash(id, token)}::bytea)`;
}

/**
 * The link a token is of; null when we sent none with it. Nothing is decided by asking.
 *
 * @param opener the HMAC of the cookie of the browser that opens it, where it has one
 */
export async function findLink(
  token: string,
  opener: Uint8Array<ArrayBuffer> | null,
): Promise<SentLink | null> {
  const id = verificationOfToken(token);
  if (!id) return null;
  const [row] = await db().$queryRaw<(LinkAsker & { status: VerificationStatus; byBrowser: boolean })[]>`
    select case when v.status = 'pending' and v.expires_at <= ${now()}::timestamptz then 'expired'
        else v.status::text end as status,
      v.browser is not null as "byBrowser", coalesce(v.browser = ${opener}::bytea, false) as "isOpener",
      v.asked_agent as "userAgent", v.client_ip as address, v.created_at as "askedAt"
    from verification v where ${isOf(id, token)}`;
  if (!row) return null;
  const { status, byBrowser, ...asker } = row;
  return { verificationId: id, status, asker: byBrowser ? asker : null };
}

export type Denial = { outcome: "denied" } | Refusal;

/**
 * Takes "No, that was not me" from whoever got a link: it is canceled, and that it was denied stays known. Said twice, it is said once.
 *
 * @returns a refusal is `not_found`, `expired`, or `already_used` when it was confirmed before
 */
export async function denyLink(token: string): Promise<Denial> {
  const id = verificationOfToken(token);
  if (!id) return NO_SUCH_VERIFICATION;
  const at = sql`${now()}::timestamptz`;
  // The update decides on the row as it is once it holds the lock: a yes at the same moment goes before or after it.
  const denied = await db().$executeRaw`
    update verification v set status = 'canceled', denied_at = ${at}
    where ${isOf(id, token)} and v.status = 'pending' and v.expires_at > ${at}`;
  if (denied > 0) {
    log().warn({ verificationId: id }, "link denied: its recipient did not ask for it");
    return { outcome: "denied" };
  }
  const link = await findLink(token, null);
  switch (link?.status) {
    case undefined:
      return NO_SUCH_VERIFICATION;
    case "canceled":
      return { outcome: "denied" };
    case "approved":
      return refusal("already_used");
    default:
      return refusal("expired");
  }
}
