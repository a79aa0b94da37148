/**
 * Confirms by an inbound message or call: the action `reply`.
 */
import { now } from "../clock";
import { db, sql } from "../db";
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
 * A reply that is delivered again finds what the first delivery did. Of two at once, both have found the same verification, and the second
 * waits for its lock and finds it used: so the SID can be written last, with what came of it.
 *
 * @returns whether this reply confirmed something in time, now or when it was first delivered
 */
export async function confirmReply({ sid, from, senders }: Reply): Promise<boolean> {
  const at = sql`${now()}::timestamptz`;
  const decision = await decide({
    action: "reply",
    verification: sql`(
      select v.id from verification v
      where not exists (select from inbound i where i.sid = ${sid})
        and v."to" = ${from} and v.action = 'reply' and v.status = 'pending' and v.created_at <= ${at}
        and v.expires_at > ${at} - ${seconds(LATE_SECONDS)}
        and exists (select from message m where m.verification_id = v.id and (m.sender = any(${senders}::text[]) or m.sent_from = any(${senders}::text[]))
          and m.refused_at is null)
      order by v.created_at desc
      limit 1)`,
    message: sql`m.id = (
      select newest.id from message newest
      where newest.verification_id = v.id and (newest.sender = any(${senders}::text[]) or newest.sent_from = any(${senders}::text[]))
        and newest.refused_at is null
        and newest.requested_at <= ${at}
      order by newest.attempt desc
      limit 1)`,
    after: sql`, taken as (
      insert into inbound (sid, received_at, confirmed)
      select ${sid}::text, ${at}, exists (select from moved where verdict = 'approved')
      on conflict (sid) do nothing
    )`,
  });
  if (decision?.verdict === "approved") return true;
  const [taken] = await db().$queryRaw<
    { confirmed: boolean }[]
  >`select confirmed from inbound where sid = ${sid}`;
  return taken?.confirmed ?? false;
}
