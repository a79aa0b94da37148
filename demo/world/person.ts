/** How people behave who log in; all durations in seconds. The history and the traffic have the same people. */
import { ACTION_NAMES, type TrackedAction } from "@/lib/terms/actions";
import type { Place } from "./world";
import type { Random } from "./random";

/**
 * - `finishes` once the message is there; `leaves` all the same; `cancels`; `guesses` until no check is left.
 */
export type Intent = "finishes" | "leaves" | "cancels" | "guesses";

export interface Person {
  action: TrackedAction;
  intent: Intent;
  /** From the message's arrival to the action. */
  readSeconds: number;
  /** Wrong tries before the right one. */
  slips: number;
  /** How long each message is waited for before another is asked for; as many as there will be. */
  patience: number[];
  /** Asks for another message although one has arrived, and uses that. */
  impatient: boolean;
  /** Still answers when the message comes after the code's lifetime. */
  persistent: boolean;
  /** Puts it off until the code no longer works: by so much after its expiry; null for nearly all. */
  putsOff: number | null;
}

/** How people go about each action: how often it is the one, whether they can mistype it, and how long it takes them. */
const HABITS: Readonly<Record<TrackedAction, { share: number; typed: boolean; readSeconds: number }>> = {
  code: { share: 900, typed: true, readSeconds: 13 },
  link: { share: 50, typed: false, readSeconds: 13 },
  temporary_password: { share: 30, typed: true, readSeconds: 26 },
  reply: { share: 20, typed: false, readSeconds: 13 },
};

const SHARES = ACTION_NAMES.map((action) => [action, HABITS[action].share] as const);

const CANCELS = 0.006;
const GUESSES = 0.0025;

/** Of those who leave, who come back when the code has expired. */
const COME_BACK = 0.04;

/** A verification may have five messages; few people ask for a third. */
const ASKS_AGAIN = [0.78, 0.45, 0.25];

export function meetPerson({ completes }: Place, random: Random): Person {
  const action = random.weighted(SHARES);
  const { typed, readSeconds } = HABITS[action];
  const intent = drawIntent(completes, typed, random);
  return {
    action,
    intent,
    readSeconds: 4 + random.logNormal(readSeconds, 0.55),
    slips: typed && random.chance(0.045) ? (random.chance(0.85) ? 1 : 2) : 0,
    patience: ASKS_AGAIN.slice(0, timesAsked(random)).map(() => 31 + random.logNormal(22, 0.6)),
    impatient: random.chance(0.012),
    persistent: random.chance(0.75),
    putsOff: intent === "leaves" && random.chance(COME_BACK) ? random.logNormal(240, 1) : null,
  };
}

function drawIntent(completes: number, typed: boolean, random: Random): Intent {
  if (random.chance(CANCELS)) return "cancels";
  if (typed && random.chance(GUESSES)) return "guesses";
  return random.chance(completes) ? "finishes" : "leaves";
}

function timesAsked(random: Random): number {
  const stop = ASKS_AGAIN.findIndex((probability) => !random.chance(probability));
  return stop === -1 ? ASKS_AGAIN.length : stop;
}
