import type { SimulatedMessage } from "./remembered";
import { newSid } from "./twilio/sids";

type Given = Pick<SimulatedMessage, "direction" | "status" | "from" | "to" | "body"> &
  Partial<SimulatedMessage>;

/** Twilio's default and longest, in seconds. */
export const LONGEST_VALIDITY_PERIOD = 36_000;

/** A message as it is at its creation, now, under a SID of its own. */
export function newMessage(given: Given): SimulatedMessage {
  const now = Date.now();
  return {
    sid: newSid("SM"),
    messagingServiceSid: null,
    provideFeedback: false,
    validityPeriod: LONGEST_VALIDITY_PERIOD,
    statusCallback: null,
    errorCode: null,
    createdAt: now,
    updatedAt: now,
    sentAt: given.direction === "inbound" ? now : null,
    price: null,
    arrived: null,
    dueCallbacks: [],
    history: [{ status: given.status, at: now }],
    ...given,
  };
}
