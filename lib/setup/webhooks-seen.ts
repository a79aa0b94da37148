/** That webhooks come, and whether they are signed rightly: the one part of a set-up that shows nowhere else. */
import { now } from "../clock";
import { db } from "../db";
import { log } from "../log";
import { MINUTE } from "../terms/durations";

/** When this process last wrote each of the two down, in epoch milliseconds. */
const written = new Map<boolean, number>();

/** Notes a webhook, at most once a minute, behind whoever answers it: no webhook fails for it, and none waits. */
export function noteWebhook(rightlySigned: boolean): void {
  const at = now();
  const last = written.get(rightlySigned);
  if (last !== undefined && Math.abs(at.getTime() - last) < MINUTE) return;
  written.set(rightlySigned, at.getTime());
  db().$executeRaw`insert into webhook_seen (rightly_signed, at) values (${rightlySigned}, ${at}::timestamptz)
      on conflict (rightly_signed) do update set at = greatest(webhook_seen.at, excluded.at)`.catch(
    (err: unknown) => {
      written.delete(rightlySigned);
      log().debug({ err }, "a webhook was not noted");
    },
  );
}
