/**
 * How far a set-up has come: from an account that answers to feedback that Twilio took, each proved by what has happened.
 */
import { db } from "../db";
import { accountFault } from "../messaging/account";
import type { CallFault } from "../messaging/fault";

/** Each step needs those before it. */
export interface SetupSteps {
  /** Twilio answers under these credentials; if not, why. */
  account: { done: boolean; fault: CallFault | null };
  /** A message has a SID; if none has, Twilio's code for the newest refusal. */
  accepted: { done: boolean; refusedWith: number | null };
  /** A webhook came that was signed rightly; `wronglySigned` when one came since that was not. */
  callback: { done: boolean; wronglySigned: boolean };
  /** The secret of a message came back. */
  confirmed: { done: boolean };
  /** Twilio took the feedback on it; `refused` when it refused some for good and took none. */
  reported: { done: boolean; refused: boolean };
}

interface Row {
  accepted: boolean;
  refusedWith: number | null;
  rightAt: Date | null;
  wrongAt: Date | null;
  confirmed: boolean;
  reported: boolean;
  refused: boolean;
}

/** By the newest messages; those of a sample history prove nothing. */
export async function setupSteps(): Promise<SetupSteps> {
  const [fault, [row]] = await Promise.all([
    accountFault(),
    db().$queryRaw<[Row]>`
      with newest as materialized (
        select id, sid, error_code, requested_at, refused_at, confirmed_at from message
        where requested_at >= coalesce((select "to" from sample_history), '-infinity')
        order by requested_at desc limit 1000
      )
      select exists (select from newest where sid is not null) as accepted,
        (select error_code from newest where refused_at is not null order by requested_at desc limit 1) as "refusedWith",
        (select at from webhook_seen where rightly_signed) as "rightAt",
        (select at from webhook_seen where not rightly_signed) as "wrongAt",
        exists (select from newest where confirmed_at is not null) as confirmed,
        exists (select from newest join feedback on message_id = id where reported_at is not null) as reported,
        exists (select from newest join feedback f on message_id = id where f.refused_at is not null) as refused`,
  ]);
  const { rightAt, wrongAt } = row;
  const wronglySigned = wrongAt !== null && !(rightAt && rightAt >= wrongAt);
  return {
    account: { done: fault === null, fault },
    accepted: { done: row.accepted, refusedWith: row.accepted ? null : row.refusedWith },
    callback: { done: rightAt !== null && !wronglySigned, wronglySigned },
    confirmed: { done: row.confirmed },
    reported: { done: row.reported, refused: row.refused && !row.reported },
  };
}

export function isSetUp(steps: SetupSteps): boolean {
  return Object.values(steps).every(({ done }) => done);
}
