/**
 * Sessions: who is signed in, in which browsers. A session's token is in its cookie and nowhere else; the database has its
 * HMAC.
 */
import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import { now, secondsAfter } from "../clock";
import { db, join, runHot, sql, type Sql } from "../db";
import { hostCookieName } from "../own-origin";
import { queueAtNumber } from "../protection/quota";
import { keyedHash } from "../secrets";
import { actionsThat } from "../terms/actions";
import { isOpenSession, SESSION_LIMITS } from "./session-limits";

/** `seen_at` is written at most this often. */
const SEEN_EVERY_SECONDS = 60;

/** An approval opens a session for this long: the browser that waits for it looks every few seconds. */
export const OPENS_WITHIN_SECONDS = 900;

/** The cookie that has a session's token; where there is https, with the prefix that browsers guard. */
export const SESSION_COOKIE_NAME = "otp_session";

/** Its name here. */
export function sessionCookieName(): string {
  return hostCookieName(SESSION_COOKIE_NAME);
}

/** Who is signed in. */
export interface Viewer {
  accountId: string;
  sessionId: string;
  /** E.164. */
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  hasPassword: boolean;
}

/** A browser that is signed in. */
export interface SessionView {
  id: string;
  userAgent: string | null;
  createdAt: Date;
  seenAt: Date;
}

/** A new session's token, for its cookie. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
}

/** The HMAC a browser's cookie is known by: what a verification is bound to before anyone is signed in. */
export function browserHash(cookie: string): Uint8Array<ArrayBuffer> {
  return keyedHash("browser", cookie);
}

/** The HMAC of the cookie that a browser keeps beyond its sessions: by it a number knows it again. It signs nobody in. */
export function knownBrowserHash(cookie: string): Uint8Array<ArrayBuffer> {
  return keyedHash("known browser", cookie);
}

/**
 * Opens the session an approved verification allows, in the browser that started it and in no other. The account is made with its
 * first session.
 *
 * A verification has one session. An answer with its cookie can be lost, so the browser may ask again: until it has come with that cookie
 * (`arrived`), what is opened replaces what was opened before. From then on it opens nothing any more, whoever else knows the cookie that
 * the browser started with.
 *
 * A reply opens none: it proves no more than a caller's number.
 *
 * @param knownBrowser what the browser is known by from now on, see `knownBrowserHash`
 * @param askedAt when this was asked for: the answer a browser keeps is that to its last question, whichever is worked on first
 * @returns null when the verification is not approved, not that browser's, too long ago, or its session has arrived
 */
export async function openSession(
  verificationId: string,
  browser: Uint8Array<ArrayBuffer>,
  userAgent: string | null,
  knownBrowser?: Uint8Array<ArrayBuffer>,
  askedAt = now(),
): Promise<OpenedSession | null> {
  const approvedFrom = secondsAfter(now(), -OPENS_WITHIN_SECONDS);
  const actions = join(actionsThat("opensSession").map((action) => sql`${action}::tracked_action`));
  return insertSession(
    { userAgent, knownBrowser, askedAt },
    sql`allowed as (
      select id as verification_id, "to", country from verification
      where id = ${verificationId}::uuid and browser = ${browser}::bytea and status = 'approved'
        and action in (${actions}) and approved_at > ${approvedFrom}::timestamptz
    ), known as (
      ${knowBrowser(sql`"to"`, sql`allowed`, knownBrowser)}
    ), owner as (
      insert into account (id, number, country, created_at)
      select ${uuid()}::uuid, "to", country, ${now()}::timestamptz from allowed where (select count(*) from known) >= 0
      on conflict (number) do update set number = excluded.number
      returning id
    ), source as (select owner.id as account_id, allowed.verification_id from owner, allowed)`,
  );
}

/** Opens a session for an account whose password was right. */
export async function openSessionOf(
  accountId: string,
  userAgent: string | null,
  knownBrowser?: Uint8Array<ArrayBuffer>,
): Promise<OpenedSession> {
  const opened = await insertSession(
    { userAgent, knownBrowser, askedAt: now() },
    sql`owner as (
      select number from account where id = ${accountId}::uuid
    ), known as (
      ${knowBrowser(sql`number`, sql`owner`, knownBrowser)}
    ), source as (select ${accountId}::uuid as account_id, null::uuid as verification_id)`,
  );
  if (!opened) throw new Error("a session that has no verification is always opened");
  return opened;
}

/** A CTE body that notes a browser that signs in to a number. Before the account's row, in the order others lock them. */
function knowBrowser(number: Sql, from: Sql, browser: Uint8Array<ArrayBuffer> | undefined): Sql {
  if (!browser) return sql`select 1`;
  const at = sql`${now()}::timestamptz`;
  return sql`
    insert into known_browser (number, browser, since, seen_at) select ${number}, ${browser}::bytea, ${at}, ${at} from ${from}
    on conflict (number, browser) do update set seen_at = excluded.seen_at
    returning 1`;
}

interface OpeningBrowser {
  userAgent: string | null;
  knownBrowser: Uint8Array<ArrayBuffer> | undefined;
  askedAt: Date;
}

async function insertSession(
  { userAgent, knownBrowser, askedAt }: OpeningBrowser,
  source: Sql,
): Promise<OpenedSession | null> {
  const token = newSessionToken();
  const at = sql`${askedAt}::timestamptz`;
  // At the latest: an operator's ends sooner, see `isOpenSession`.
  const expiresAt = secondsAfter(askedAt, SESSION_LIMITS.other.absolute);
  const opened = await db().$executeRaw`
    with ${source}
    insert into session (id, token_hash, account_id, verification_id, known_browser, user_agent, created_at, seen_at, expires_at)
    select ${uuid()}::uuid, ${tokenHash(token)}::bytea, account_id, verification_id, ${knownBrowser ?? null}::bytea,
      ${userAgent?.slice(0, 300) ?? null}::text, ${at}, ${at}, ${expiresAt}::timestamptz
    from source
    on conflict (verification_id) do update set token_hash = excluded.token_hash, known_browser = excluded.known_browser,
      user_agent = excluded.user_agent, created_at = excluded.created_at, seen_at = excluded.seen_at, expires_at = excluded.expires_at
    where not session.arrived and session.created_at <= excluded.created_at`;
  return opened > 0 ? { token, expiresAt } : null;
}

/**
 * Who a session's token belongs to; null when it belongs to nobody any more.
 *
 * @param used whether somebody uses it, which is noted: a page that looks for news by itself keeps no session alive
 * @param arrived whether it came in a browser's cookie, which is noted: see `openSession`
 */
export async function findViewer(token: string, used = true, arrived = false): Promise<Viewer | null> {
  const at = now();
  const open = sql`s.token_hash = ${tokenHash(token)}::bytea and ${isOpenSession(at)}`;
  const [viewer] = await runHot<Viewer[]>(
    "viewer",
    sql`
    with seen as (
      update session s set arrived = s.arrived or ${arrived}, seen_at = case when ${used} then ${at}::timestamptz else s.seen_at end
      from account a
      where a.id = s.account_id and ${open}
        and (${arrived} and not s.arrived or ${used} and s.seen_at < ${secondsAfter(at, -SEEN_EVERY_SECONDS)}::timestamptz)
    )
    select a.id as "accountId", s.id as "sessionId", a.number, a.country, a.password_hash is not null as "hasPassword"
    from session s join account a on a.id = s.account_id
    where ${open}`,
  );
  return viewer ?? null;
}

/** The browsers an account is signed in with, the last seen first. */
export async function listSessions(accountId: string): Promise<SessionView[]> {
  return db().$queryRaw<SessionView[]>`
    select s.id, s.user_agent as "userAgent", s.created_at as "createdAt", s.seen_at as "seenAt"
    from session s join account a on a.id = s.account_id
    where a.id = ${accountId}::uuid and ${isOpenSession(now())}
    order by s.seen_at desc`;
}

/** Deletes the sessions that have ended by themselves, and with them what their browsers are called. */
export async function forgetEndedSessions(): Promise<number> {
  return db().$executeRaw`
    delete from session s using account a where a.id = s.account_id and not ${isOpenSession(now())}`;
}

/** Ends one session of an account, as signing out does: its browser stays known. */
export async function endSession(accountId: string, sessionId: string): Promise<void> {
  await db().session.deleteMany({ where: { accountId, id: sessionId } });
}

/**
 * Ends another session of one's account, and forgets the browser it was opened in: who is put out is a stranger again.
 *
 * @param knownBrowser the browser that asks: it stays known, also where it has another session
 */
export async function endSessionElsewhere(
  { accountId, sessionId: own }: Viewer,
  sessionId: string,
  knownBrowser?: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await db().$executeRaw`
    with elsewhere as materialized (
      select a.number, s.known_browser, ${queueAtNumber(sql`a.number`)} as queued
      from session s join account a on a.id = s.account_id
      where a.id = ${accountId}::uuid and s.id = ${sessionId}::uuid and s.id <> ${own}::uuid
    ), forgotten as (
      delete from known_browser k using elsewhere e
      where k.number = e.number and k.browser = e.known_browser and k.browser is distinct from ${knownBrowser ?? null}::bytea
      returning 1
    )
    delete from session where account_id = ${accountId}::uuid and id = ${sessionId}::uuid
      and (select count(*) from forgotten) >= 0`;
}

/**
 * Ends all sessions of an account but one, and forgets the browsers its number knows.
 *
 * @param knownBrowser the browser that asks: it stays known
 */
export async function endOtherSessions(
  { accountId, sessionId }: Viewer,
  knownBrowser?: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await db().$executeRaw`
    with owner as materialized (
      select number, ${queueAtNumber(sql`number`)} as queued from account where id = ${accountId}::uuid
    ), forgotten as (
      ${forgetBrowsers(sql`owner`, sql`${knownBrowser ?? null}::bytea`)}
    )
    delete from session where account_id = ${accountId}::uuid and id <> ${sessionId}::uuid
      and (select count(*) from forgotten) >= 0`;
}

/**
 * A CTE body that forgets the browsers and devices a number knows, except one: whoever is put out with their sessions keeps no budgets of their
 * own, and is asked for a code again where a password alone was enough. Like `knowBrowser`, before the account's row and its sessions.
 *
 * @param owner a CTE with at most one row: `number`, for which `queueAtNumber` has been called, since several rows are locked here
 * @param but an expression, which may read the owner as `o`
 */
export function forgetBrowsers(owner: Sql, but: Sql): Sql {
  return sql`
    delete from known_browser k using ${owner} o
    where k.number = o.number and k.browser is distinct from ${but}
    returning 1`;
}

/** A new session's token: 256 random bits. */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What a session is found by. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return keyedHash("session", token);
}
