/**
 * A message's row, as a start and a resend write it before Twilio is called.
 */
import { sql, type Sql } from "../db";

interface NewMessage {
  id: string;
  /** An expression for its secret's hash, and one for which message of its verification it is. */
  secretHash: Sql;
  ordinal: Sql;
  requestedAt: Date;
}

/**
 * A CTE body that inserts a message of the verification `v`, after the CTEs of `sendLimits` and `chosen`, which
 * has what `chooseSender` says.
 *
 * @param from where `v` comes from, with what the expressions read; no row there is no message
 */
export function insertMessage({ id, secretHash, ordinal, requestedAt }: NewMessage, from: Sql): Sql {
  return sql`
    insert into message (id, verification_id, secret_hash, country, network, block, action, sender, channel, locale, attempt, requested_at,
      exempt)
    select ${id}::uuid, v.id, ${secretHash}, v.country, v.network, v.block, v.action, chosen.sender, chosen.channel, v.locale, ${ordinal},
      ${requestedAt}::timestamptz, (select exempt from protected)
    from ${from}, chosen`;
}
