import type { MessageStatus, SimulatedMessage } from "../remembered";
import { errorOf } from "./route";
import type { EvenRoute } from "./scenarios";

/** A status that a message will take. */
export interface Step {
  /** After the step before, in simulated milliseconds. */
  readonly after: number;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
}

const VALIDITY_PERIOD_EXPIRED = 30036;

// What leads to `sent`, and how long each takes, in milliseconds.
const DISPATCH: readonly { from: MessageStatus; to: MessageStatus; latency: readonly [number, number] }[] = [
  { from: "accepted", to: "queued", latency: [50, 200] },
  { from: "queued", to: "sending", latency: [100, 400] },
  { from: "sending", to: "sent", latency: [200, 600] },
];

/** What is particular to a message on WhatsApp: what it ends with, or that it will be read. */
export interface OnWhatsApp {
  readonly error: number | null;
}

/** From the handset's notification to somebody's look at it, in milliseconds. */
const READ_AFTER = [500, 3_000] as const;

/**
 * What becomes of a message, from the status it has. Decided in advance, so that a message either arrives in time or
 * runs out of its validity period (`failed`, 30036) whatever the pace and however busy the machine is.
 */
export function planDelivery(
  message: Pick<SimulatedMessage, "status" | "createdAt" | "validityPeriod">,
  route: EvenRoute,
  now: number,
  random: () => number,
  whatsapp?: OnWhatsApp,
): Step[] {
  const between = ([least, most]: readonly [number, number]) => least + random() * (most - least);

  const start = DISPATCH.findIndex(({ from }) => from === message.status);
  const steps: Step[] = (start === -1 ? [] : DISPATCH.slice(start)).map(({ to, latency }) => ({
    after: between(latency),
    status: to,
    errorCode: null,
  }));
  if (whatsapp?.error) {
    // Nobody has it to lose: it ends before it is sent.
    const after = between([200, 600]);
    return [...steps.slice(0, -1), { after, status: "failed", errorCode: whatsapp.error }];
  }
  // Whether such a message would have run out of its validity period is never told either.
  if (route.silent) return steps;
  const lost = random() < route.undelivered;
  steps.push({
    after: between(route.latency) * 1000,
    status: lost ? "undelivered" : "delivered",
    errorCode: lost ? errorOf(route, random) : null,
  });
  if (whatsapp && !lost) steps.push({ after: between(READ_AFTER), status: "read", errorCode: null });

  return cutAt(message.createdAt + message.validityPeriod * 1000 - now, steps);
}

function cutAt(remaining: number, steps: readonly Step[]): Step[] {
  let elapsed = 0;
  for (const [index, step] of steps.entries()) {
    if (elapsed + step.after > remaining) {
      const expiry = {
        after: Math.max(0, remaining - elapsed),
        status: "failed",
        errorCode: VALIDITY_PERIOD_EXPIRED,
      } as const;
      return [...steps.slice(0, index), expiry];
    }
    elapsed += step.after;
  }
  return [...steps];
}
