/**
 * That verifications have expired, for the programs that want to know: nothing is written when one does, so somebody has to look.
 */
import { now, secondsAfter } from "../clock";
import { db } from "../db";
import { LONGEST_LIFETIME_SECONDS } from "../terms/limits";

/**
 * Writes what is to be told of the verifications that have expired unanswered since the last look, in one statement with how far that was. Whoever
 * looks at the same time writes nothing.
 */
export async function tellOfExpired(): Promise<void> {
  const at = now();
  const created = secondsAfter(at, -2 * LONGEST_LIFETIME_SECONDS);
  await db().$executeRaw`
    with seen as materialized (
      select at from watermark where name = 'expired_to' and at < ${at}::timestamptz for update skip locked
    ), moved as (
      update watermark set at = ${at}::timestamptz where name = 'expired_to' and exists (select from seen)
    )
    insert into notification (id, target_id, key, thread, type, said, written_at, due_at)
    select gen_random_uuid(), t.id, 'verification.expired ' || v.id, v.id::text, 'verification.expired', jsonb_build_object('data',
        told_of_verification(v.id, v.action, v.country, v.network, v.approved_at, v.expires_at)), v.expires_at,
      ${at}::timestamptz
    from seen, notification_target t, verification v
    where 'verification.expired' = any(t.events) and v.created_at >= greatest(${created}::timestamptz, t.created_at)
      and v.expires_at > seen.at and v.expires_at <= ${at}::timestamptz and v.status = 'pending' and v.accepted_at is not null
    on conflict (target_id, key) do nothing`;
}
