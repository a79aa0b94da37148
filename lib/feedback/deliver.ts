/**
 * Delivers due feedback until Twilio has it. The answer to the user never waits for this and never fails because of it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { now, secondsAfter } from "../clock";
import { gathered } from "../gathered";
import { log } from "../log";
import { reportConfirmed, type FeedbackResult } from "../messaging/feedback";
import { markRefused, markReported, postpone, takeDueFeedback, type DueFeedback } from "./due";

/** Calls to Twilio at a time, of those that are answered as they usually are. */
const CONCURRENCY = 16;

/** A call that has no answer after this keeps none of the others back, in milliseconds: they usually take a tenth of it. */
const SLOW_AFTER_MS = 1_000;

/** Calls at a time with the slow ones; Twilio takes a hundred of an account's. */
const MOST_CALLS = 64;

/** So many calls in a row without an answer, and Twilio is taken to be away: from then on one at a time asks whether it is back. */
const AWAY_AFTER = 3;

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
  const { due } = await takeDueFeedback(limit, now());
  const results = await Promise.all(due.map(deliver));
  return { taken: due.length, unreachable: due.length > 0 && results.every((r) => r === "unanswered") };
}

/** A call under way. */
interface Call {
  begun: number;
  ended: Promise<void>;
}

/** The delivering of feedback as it goes on: as many calls are under way as there are places, each taken as soon as one is free. */
export class FeedbackDelivery {
  readonly #calls = new Set<Call>();
  /** In a row, without an answer. */
  #unanswered = 0;

  /** Whether Twilio seems to be away. */
  get isAway(): boolean {
    return this.#unanswered >= AWAY_AFTER;
  }

  /**
   * Takes what is due into the places that are free, and begins to deliver it.
   *
   * @returns whether all of them were filled, so that there may be more
   */
  async begin(): Promise<boolean> {
    const free = this.#free();
    if (free === 0) return true;
    const { due, looked } = await takeDueFeedback(free, now());
    for (const each of due) this.#call(each);
    return looked === free;
  }

  /** Until a place is free, or may be. */
  async placeFree(): Promise<void> {
    const slow = new AbortController();
    while (this.#free() === 0) {
      const ends = [...this.#calls].map(({ ended }) => ended);
      await Promise.race([
        ...ends,
        sleep(SLOW_AFTER_MS / 4, undefined, { signal: slow.signal }).catch(() => undefined),
      ]);
    }
    slow.abort();
  }

  /** Until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#calls].map(({ ended }) => ended));
  }

  #free(): number {
    if (this.isAway) return this.#calls.size === 0 ? 1 : 0;
    const slowSince = performance.now() - SLOW_AFTER_MS;
    const quick = [...this.#calls].filter(({ begun }) => begun > slowSince).length;
    return Math.max(0, Math.min(CONCURRENCY - quick, MOST_CALLS - this.#calls.size));
  }

  #call(due: DueFeedback): void {
    const ended = deliver(due)
      .then((outcome) => {
        this.#unanswered = outcome === "unanswered" ? this.#unanswered + 1 : 0;
      })
      // What was not recorded is due again when its lease is over.
      .catch((err: unknown) => log().error({ messageId: due.messageId, err }, "feedback not recorded"))
      .finally(() => this.#calls.delete(call));
    const call = { begun: performance.now(), ended };
    this.#calls.add(call);
  }
}

/** What Twilio has taken is recorded together with what it takes meanwhile. */
const recordReported = gathered(
  async (reported: Parameters<typeof markReported>[0][number][]) => {
    await markReported(reported);
    return reported.map(() => undefined);
  },
  { most: 500 },
);

async function deliver(due: DueFeedback): Promise<FeedbackResult["outcome"]> {
  const result = await reportConfirmed(due.messageSid);
  await record(due, result);
  return result.outcome;
}

async function record({ messageId, messageSid, tries }: DueFeedback, result: FeedbackResult): Promise<void> {
  const about = { messageId, messageSid, tries };
  if (result.outcome === "reported") {
    await recordReported({ messageId, at: now() });
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
