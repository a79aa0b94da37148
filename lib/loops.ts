/**
 * The background work: all that nobody waits for, from delivering feedback to forgetting. It runs inside the server or in a process of its own;
 * several may run at once, since every piece of work is taken under a lock or is the same done twice.
 */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { forgetEndedSessions } from "./account/session";
import { now, secondsAfter } from "./clock";
import { sendNotices } from "./delivery/notices";
import { reconcile } from "./delivery/reconcile";
import { FeedbackDelivery } from "./feedback/deliver";
import { watchConversion } from "./insights/counting/watch-conversion";
import { foldDeltas } from "./insights/counting/fold";
import { retain } from "./insights/counting/retention";
import { log } from "./log";
import { NotificationDelivery } from "./notifications/deliver";
import { forgetNotifications } from "./notifications/due";
import { tellOfExpired } from "./notifications/expired";
import { watchIncidents } from "./notifications/watch/watch";
import { forgetSpentLimits } from "./protection/forget";
import { keepPartitions } from "./protection/partitions";
import { workOutUsual } from "./insights/counting/usual";
import { forgetKeptAnswers } from "./verification/kept-answer";
import { DAY_SECONDS, HOUR, MINUTE, SECOND } from "./terms/durations";

export interface Loops {
  /** Starts no more work and waits for what runs. */
  stop(): Promise<void>;
}

/** Starts all loops. A failure is logged and tried again; it never ends the process. */
export function startLoops(): Loops {
  const stopping = new AbortController();
  // Each loop listens while it pauses; that is not the leak Node would warn of.
  setMaxListeners(0, stopping.signal);
  const feedback = new FeedbackDelivery();
  const notifications = new NotificationDelivery();
  const running = [
    loop("feedback", () => feedbackTurn(feedback), stopping.signal),
    loop("notices", every(SECOND, sendNotices), stopping.signal),
    loop("lost answers", every(15 * SECOND, reconcileLostAnswers), stopping.signal),
    loop("reconcile recent", every(2 * MINUTE, reconcileRecent), stopping.signal),
    loop("reconcile older", every(HOUR, reconcileOlder), stopping.signal),
    loop("fold", foldTurn, stopping.signal),
    loop("watch conversion", watchTurn, stopping.signal),
    loop("watch incidents", every(15 * SECOND, watchIncidents), stopping.signal),
    loop("notifications", () => notificationsTurn(notifications), stopping.signal),
    loop("expired verifications", every(5 * SECOND, tellOfExpired), stopping.signal),
    loop("retention", every(HOUR, retain), stopping.signal),
    loop("forget", every(HOUR, forgetSpentLimits), stopping.signal),
    loop("usual destinations", every(5 * MINUTE, workOutUsual), stopping.signal),
    loop("decisions", every(HOUR, keepPartitions), stopping.signal),
    loop("kept answers", every(HOUR, forgetKeptAnswers), stopping.signal),
    loop("told notifications", every(HOUR, forgetNotifications), stopping.signal),
    loop("ended sessions", every(10 * MINUTE, forgetEndedSessions), stopping.signal),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await Promise.all([feedback.settled(), notifications.settled()]);
    },
  };
}

/** One turn of a loop: does its work and says in how many milliseconds it wants the next turn. */
type Turn = () => Promise<number>;

const AFTER_FAILURE_MS = 5 * SECOND;

async function loop(name: string, turn: Turn, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = await turn().catch((err: unknown) => {
      log().error({ loop: name, err }, "background work failed; it will be tried again");
      return AFTER_FAILURE_MS;
    });
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

function every(ms: number, work: () => Promise<unknown>): Turn {
  return async () => {
    await work();
    return ms;
  };
}

/** How often due feedback is looked for; a look is one read of a small partial index. */
const LOOK_EVERY_MS = 500;

/** While Twilio does not answer, one message at a time probes for it, this far apart. */
const PROBE_EVERY_MS = 2 * SECOND;

async function feedbackTurn(feedback: FeedbackDelivery): Promise<number> {
  await feedback.placeFree();
  const more = await feedback.begin();
  if (feedback.isAway) return PROBE_EVERY_MS;
  return more ? 0 : LOOK_EVERY_MS;
}

/** A target that was just told may have more waiting; a step that was just taken waits no longer than this. */
const NOTIFIED_EVERY_MS = SECOND;

async function notificationsTurn(notifications: NotificationDelivery): Promise<number> {
  if (!(await notifications.begin())) return NOTIFIED_EVERY_MS;
  await Promise.race([notifications.oneFree(), sleep(NOTIFIED_EVERY_MS)]);
  return 0;
}

/** Deltas are read with the cells: a turn only keeps them few. */
const FOLD_EVERY_MS = SECOND;

async function foldTurn(): Promise<number> {
  return (await foldDeltas()).more ? 0 : FOLD_EVERY_MS;
}

/** New quarter-hours become mature every 15 minutes; a history that was just loaded is gone through at once. */
async function watchTurn(): Promise<number> {
  return (await watchConversion()) ? 0 : 10 * SECOND;
}

/** Fresh messages whose answer was lost: if their callback is lost too, the user holds a code we know no SID for. */
async function reconcileLostAnswers(): Promise<void> {
  const at = now();
  await reconcile({ from: secondsAfter(at, -600), to: secondsAfter(at, -15) }, "sid");
}

async function reconcileRecent(): Promise<void> {
  const at = now();
  await reconcile({ from: secondsAfter(at, -1200), to: secondsAfter(at, -60) });
}

/** What was not settled within minutes: late receipts, and prices, which Twilio may take hours to fill in. */
async function reconcileOlder(): Promise<void> {
  const at = now();
  await reconcile({ from: secondsAfter(at, -2 * DAY_SECONDS), to: secondsAfter(at, -1200) });
}
