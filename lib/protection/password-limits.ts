/**
 * The limits of tries to sign in with a password.
 */
import { now } from "../clock";
import { db, sql } from "../db";
import { askerColumns, type Asker } from "./asker";
import {
  drawQuotas,
  lookAtQuotas,
  PASSWORDS_FROM_ADDRESS,
  PASSWORDS_IN_ALL,
  PASSWORDS_OF_KNOWN,
  PASSWORDS_OF_ONE,
  PASSWORDS_TOGETHER,
  queueAt,
} from "./quota";

/**
 * Draws on the limits of a password try: a browser that the number knows has one of its own, and everybody else those of the
 * address for this number, of all for this number, of the address for any, and of all for any.
 *
 * @returns seconds to wait when it is not allowed; null when it is
 */
export async function passwordWait(number: string, asker: Asker): Promise<number | null> {
  const at = now();
  const known = sql`exists (select from known)`;
  const ofUnknown = (subject: ReturnType<typeof sql>) => sql`case when not ${known} then ${subject} end`;
  const locks = queueAt(
    sql`'password ' || a.number`,
    sql`case when not ${known} then 'password from ' || a.address end`,
    sql`case when not ${known} then 'passwords in all' end`,
  );
  const limits = lookAtQuotas(
    [
      {
        limit: PASSWORDS_OF_KNOWN,
        subject: sql`(select queued.number || ' ' || encode(known.browser, 'hex') from known)`,
      },
      { limit: PASSWORDS_OF_ONE, subject: ofUnknown(sql`queued.number || ' ' || queued.address`) },
      { limit: PASSWORDS_TOGETHER, subject: ofUnknown(sql`queued.number`) },
      { limit: PASSWORDS_FROM_ADDRESS, subject: ofUnknown(sql`queued.address`) },
      { limit: PASSWORDS_IN_ALL, subject: ofUnknown(sql`'all'::text`) },
    ],
    at,
    sql`queued`,
  );
  const [{ allowed, wait }] = await db().$queryRaw<[{ allowed: boolean; wait: number | null }]>`
    with asking as materialized (
      select ${number}::text as number, ${askerColumns(asker)}
    ), known as materialized (
      select k.browser from asking a join known_browser k on k.number = a.number and k.browser = a.known
    ), queued as materialized (select a.*, ${locks} as locks from asking a),
    ${limits}, taken as (${drawQuotas(at, sql`not exists (select from reached)`)})
    select not exists (select from reached) and (select count(*) from asked) = (select count(*) from taken) as allowed,
      (select max(wait) from reached) as wait`;
  return allowed ? null : (wait ?? 1);
}
