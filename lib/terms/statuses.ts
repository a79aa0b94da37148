/**
 * Statuses of messages, as Twilio names them, and of verifications.
 */
import { namesOf } from "./names";

interface StatusTerms {
  /** The count that a message with it adds to; together they are the attempted ones. */
  group: "statusOk" | "errors" | "inFlight" | "canceled";
  /** Whether Twilio sends no other one after it that changes whether the message arrived. */
  final: boolean;
}

/** In order of finality, as in the database. */
export const MESSAGE_STATUSES = {
  accepted: { group: "inFlight", final: false },
  scheduled: { group: "inFlight", final: false },
  queued: { group: "inFlight", final: false },
  sending: { group: "inFlight", final: false },
  sent: { group: "statusOk", final: false },
  canceled: { group: "canceled", final: true },
  failed: { group: "errors", final: true },
  undelivered: { group: "errors", final: true },
  delivered: { group: "statusOk", final: true },
  read: { group: "statusOk", final: true },
} as const satisfies Record<string, StatusTerms>;

export type MessageStatus = keyof typeof MESSAGE_STATUSES;

export const MESSAGE_STATUS_NAMES = namesOf(MESSAGE_STATUSES);

/** Whether a text is a status of an outbound message that we follow. Twilio may add others at any time. */
export function isMessageStatus(text: string): text is MessageStatus {
  return Object.hasOwn(MESSAGE_STATUSES, text);
}

export const FINAL_STATUSES = MESSAGE_STATUS_NAMES.filter((status) => MESSAGE_STATUSES[status].final);

export const VERIFICATION_STATUSES = [
  "pending",
  "approved",
  "expired",
  "canceled",
  "max_checks_reached",
] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** What became of a message, in words. */
export const OUTCOMES = {
  confirmed: "Confirmed",
  late: "Confirmed late",
  error: "Not delivered",
  delivered: "Not confirmed",
  in_flight: "On its way",
  canceled: "Canceled",
  refused: "Refused by Twilio",
  unknown: "No answer from Twilio",
} as const;

export type MessageOutcome = keyof typeof OUTCOMES;

export const OUTCOME_NAMES = namesOf(OUTCOMES);

/** Where the feedback of a confirmed message stands, in words. */
export const FEEDBACK_STATES = {
  reported: "Reported",
  pending: "Waiting",
  retrying: "Being tried again",
  refused: "Refused",
} as const;

export type FeedbackState = keyof typeof FEEDBACK_STATES;

export const FEEDBACK_STATE_NAMES = namesOf(FEEDBACK_STATES);

/** What an evaluated check was: of a secret that came back right or wrong, in time or after expiry. */
export const CHECK_VERDICTS = ["approved", "late_hit", "miss", "late_miss"] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];
