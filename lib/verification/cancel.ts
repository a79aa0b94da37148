import { now } from "../clock";
import { db, sql } from "../db";
import { NO_SUCH_VERIFICATION, refusal, type Refusal } from "../errors";
import { getVerification, idOf, type Starter, type Verification } from "./verification";

export type Cancellation = { outcome: "canceled"; verification: Verification } | Refusal;

/**
 * Cancels a pending verification: its codes stop working. Canceling twice is canceling once.
 *
 * @param starter where given, only a verification that it started is found
 * @returns the verification; a refusal is `not_found`, `already_used`, `expired`, or `not_pending` when its tries are used up
 */
export async function cancelVerification(id: string, starter?: Starter): Promise<Cancellation> {
  const at = sql`${now()}::timestamptz`;
  // The update decides on the row as it is once it holds the lock, so a check at the same moment goes before or after it.
  const canceled = await db().$executeRaw`
    update verification set status = 'canceled'
    where id = ${idOf(id, starter)} and status = 'pending' and expires_at > ${at}`;
  const verification = await getVerification(id, starter);
  if (!verification) return NO_SUCH_VERIFICATION;
  if (canceled > 0 || verification.status === "canceled") return { outcome: "canceled", verification };
  switch (verification.status) {
    case "approved":
      return refusal("already_used", { detail: "The verification was approved before." });
    case "expired":
      return refusal("expired", { detail: "The verification has expired before." });
    default:
      return refusal("not_pending", { detail: "The verification's tries are used up." });
  }
}
