/** Whether Twilio takes our credentials. */
import { setTimeout as wait } from "node:timers/promises";
import { MINUTE, SECOND } from "../terms/durations";
import { twilioClient } from "./client";
import { callFault, type CallFault } from "./fault";

/** People look again every few seconds, and Twilio counts calls. */
const KEPT_MS = MINUTE / 2;

/** Longer than this nobody looks at a page that is not there yet. */
const PATIENCE_MS = 3 * SECOND;

/** When the account last answered, in epoch milliseconds. */
let answeredAt = -Infinity;

/** What keeps us from the account, asked by listing one message; null when nothing does, or did half a minute ago. */
export async function accountFault(): Promise<CallFault | null> {
  const at = Date.now();
  if (at - answeredAt < KEPT_MS) return null;
  const fault = await Promise.race([
    askAccount(),
    wait(PATIENCE_MS, { kind: "unknown", error: "no_answer" } satisfies CallFault, { ref: false }),
  ]);
  if (!fault) answeredAt = at;
  return fault;
}

async function askAccount(): Promise<CallFault | null> {
  try {
    await twilioClient().messages.list({ limit: 1 });
    return null;
  } catch (error) {
    return callFault(error);
  }
}
