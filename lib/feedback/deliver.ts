/**
 * Delivers due feedback until Twilio has it. The answer to the user never waits for this and never fails because of it.
 */
import { now, secondsAfter } from "../clock";
import { log } from "../log";
import { reportConfirmed, type FeedbackResult } from "../messaging/feedback";
import { markRefused, markReported, postpone, takeDueFeedback, type DueFeedback } from "./due";

/** Calls to Twilio at a time. */
export const CONCURRENCY = 8;

/** Twilio may not know a SID yet that it gave a moment ago: a 404 counts as final only after this many tries. */
const TRIES_AT_NOT_FOUND = 8;

/** Refusals that are about our account or about load, not about the message: they pass when someone acts. */
const PASSING_STATUSES = new Set([401, 403, 408, 425, 429]);

/**
 * Delivers what is due, once.
 *
 * @returns how many were taken, and whether none of them got through to Twilio
 */
export async function deliverFeedback(limit = CONCURRENCY): Promise<{ taken: number; unreachable: boolean }> {
  const due = await takeDueFeedback(limit, now());
  const results = await Promise.all(due.map(deliver));
  return { taken: due.length, unreachable: due.length > 0 && results.every((r) => r === "unanswered") };
}

async function deliver(due: DueFeedback): Promise<FeedbackResult["outcome"]> {
  const result = await reportConfirmed(due.messageSid);
  await record(due, result);
  return result.outcome;
}

async function record({ messageId, messageSid, tries }: DueFeedback, result: FeedbackResult): Promise<void> {
  const about = { messageId, messageSid, tries };
  if (result.outcome === "reported") {
    await markReported(messageId, now());
    log().info(about, "feedback reported");
    return;
  }
  const error = result.outcome === "refused" ? String(result.code ?? `http_${result.status}`) : result.error;
  if (result.outcome === "refused" && isFinal(result.status, tries)) {
    await markRefused(messageId, error, now());
    log().error({ ...about, error }, "feedback refused by Twilio for good");
    return;
  }
  const wait = retrySeconds(tries, result.outcome === "unanswered" ? 5 : 300);
  await postpone(messageId, error, secondsAfter(now(), wait));
  log().warn({ ...about, error, wait }, "feedback postponed");
}

function isFinal(status: number, tries: number): boolean {
  if (status === 404) return tries >= TRIES_AT_NOT_FOUND;
  return !PASSING_STATUSES.has(status);
}

/**
 * How long to wait before the next try: exponential with full jitter, so that what failed together does not come back
 * together. What Twilio did not answer is tried within seconds of its return, since the loop sends single probes meanwhile.
 */
function retrySeconds(tries: number, atMost: number): number {
  return Math.random() * Math.min(atMost, 0.5 * 2 ** Math.min(tries, 16));
}
