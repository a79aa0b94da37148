import { now, secondsAfter } from "../clock";
import { db } from "../db";
import { QUOTA_MEMORY_SECONDS } from "./quota";

/** Deletes the limits' rows that say nothing any more, and with them the numbers and addresses in them. */
export async function forgetSpentQuotas(): Promise<number> {
  const before = secondsAfter(now(), -QUOTA_MEMORY_SECONDS);
  return db().$executeRaw`delete from quota where used_at < ${before}::timestamptz`;
}
