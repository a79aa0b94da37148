/** What the simulator remembers of messages, calls and feedback. */
import type { Channel } from "./twilio/channel";

export type MessageStatus =
  | "accepted"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  // Of WhatsApp, whose handsets say so.
  | "read"
  | "undelivered"
  | "failed"
  // Of those that come in.
  | "received";

const FINAL_STATUSES: ReadonlySet<MessageStatus> = new Set([
  "delivered",
  "read",
  "undelivered",
  "failed",
  "received",
]);

/** Whether nothing follows this status. */
export const isFinal = (status: MessageStatus) => FINAL_STATUSES.has(status);

/** A status that a message has taken. */
interface StatusChange {
  readonly status: MessageStatus;
  /** When, in epoch milliseconds. */
  readonly at: number;
}

/** A status change the sender has not been told of yet. */
export type DueCallback = StatusChange;

/** One message as the simulator keeps it. Instants are epoch milliseconds. */
export interface SimulatedMessage {
  readonly sid: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-reply";
  /** Missing in journals from before there were two. */
  readonly channel?: Channel;
  /** A number; what carries it is said by the channel alone. */
  readonly to: string;
  /** Null until a Messaging Service has chosen a sender. */
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  /** The template that its text is from. */
  readonly contentSid?: string | null;
  readonly provideFeedback: boolean;
  /** How long it may stay undelivered, in seconds. */
  readonly validityPeriod: number;
  /** The URL to tell of status changes, with its fragment. */
  readonly statusCallback: string | null;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sentAt: number | null;
  /** What it cost in US dollars, negative as in Twilio's answers; null until billed. */
  readonly price: string | null;
  /** When it reached its handset, and as which of all arrivals. */
  readonly arrived: { readonly at: number; readonly order: number } | null;
  readonly dueCallbacks: readonly DueCallback[];
  /** Every status it has had, in order; missing in journals from before it was kept. */
  readonly history?: readonly StatusChange[];
}

/** Whether a handset has it on its screen: it has arrived there, or was sent from there. */
export const isShown = ({ arrived, direction }: SimulatedMessage) =>
  arrived !== null || direction === "inbound";

/** A call that a handset has made; `at` is ISO 8601. */
export interface SimulatedCall {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** What the application's webhook answered; null when nothing. */
  readonly webhookStatus: number | null;
  /** What the caller heard, sentence by sentence. */
  readonly spoken: readonly string[];
}

export type FeedbackOutcome = "confirmed" | "unconfirmed";

/** One Feedback post that was taken; `at` is ISO 8601. */
export interface FeedbackEntry {
  readonly messageSid: string;
  readonly outcome: FeedbackOutcome;
  readonly at: string;
}
