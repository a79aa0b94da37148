/**
 * Confirms by an inbound message or call: the action `reply`.
 */
import { now } from "../clock";
import { sql } from "../db";
import { seconds } from "../protection/quota";
import { decide } from "./decide";
import { LATE_SECONDS } from "../terms/limits";

/** An inbound message or call that says yes. */
export interface Reply {
  /** Twilio's SID of it; each counts once. */
  sid: string;
  /** Who sent it, E.164. */
  from: string;
  /** The senders of ours it reached: the number, and its Messaging Service where it has one. */
  senders: string[];
}

/**
 * Confirms the newest pending reply verification of the number, if its newest message from that sender was requested before
 * now. The number alone is what is proved, and a caller's number proves little: no session follows from it.
 *
 * One that comes after expiry confirms late, which looks like nothing to confirm.
 *
 * @returns whether something was confirmed in time
 */
export async function confirmReply({ sid, from, senders }: Reply): Promise<boolean> {
  const at = sql`${now()}::timestamptz`;
  const decision = await decide({
    action: "reply",
    before: sql`first_time as (
      insert into inbound (sid, received_at) values (${sid}, ${at})
      on conflict (sid) do nothing returning 1
    ), `,
    verification: sql`(
      select v.id from verification v
      where exists (select from first_time)
        and v."to" = ${from} and v.action = 'reply' and v.status = 'pending' and v.created_at <= ${at}
        and v.expires_at > ${at} - ${seconds(LATE_SECONDS)}
        and exists (select from message m where m.verification_id = v.id and m.sender = any(${senders}::text[])
          and m.refused_at is null)
      order by v.created_at desc
      limit 1)`,
    message: sql`m.id = (
      select newest.id from message newest
      where newest.verification_id = v.id and newest.sender = any(${senders}::text[]) and newest.refused_at is null
        and newest.requested_at <= ${at}
      order by newest.attempt desc
      limit 1)`,
  });
  return decision?.verdict === "approved";
}
