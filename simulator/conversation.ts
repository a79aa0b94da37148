import type { HandsetDelivery } from "./network/handset-delivery";
import type { Channel } from "./twilio/channel";
import { isShown, type FeedbackOutcome, type MessageStatus, type SimulatedMessage } from "./remembered";
import type { State } from "./state";

/** A text on a handset's screen. `at`, here and below, is ISO 8601: when it arrived, or was sent from the handset. */
interface TextEntry {
  readonly kind: "message";
  /** As the handset sees it. */
  readonly direction: "received" | "sent";
  readonly sid: string;
  readonly channel: Channel;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly at: string;
}

/** A call made by the handset. */
interface CallEntry {
  readonly kind: "call";
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** What the application's webhook answered; null when nothing. */
  readonly webhookStatus: number | null;
  /** What the caller heard, sentence by sentence. */
  readonly spoken: readonly string[];
}

/** How far a message has come. */
export interface MessageProgress {
  readonly sid: string;
  readonly channel: Channel;
  readonly from: string | null;
  readonly to: string;
  readonly body: string;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  /** Whether it asked for feedback. */
  readonly provideFeedback: boolean;
  /** Every status it has had, in order. */
  readonly history: readonly { readonly status: MessageStatus; readonly at: string }[];
  /** The newest feedback taken for it. */
  readonly feedback: { readonly outcome: FeedbackOutcome; readonly at: string } | null;
}

/** All that a phone can show of a handset. */
export interface Conversation {
  /** Another one after every change. */
  readonly revision: string;
  readonly delivery: HandsetDelivery;
  /** Newest first. */
  readonly entries: readonly (TextEntry | CallEntry)[];
  /** The newest message sent to it through the API, whether it has arrived or not. */
  readonly newest: MessageProgress | null;
}

/** More than a screen is scrolled through. */
const MOST_ENTRIES = 100;

export function conversationOf(state: State, handset: string): Conversation {
  const thread = state.thread(handset);
  const texts = thread.filter(isShown).map(textEntry);
  const entries = [...texts, ...state.calls(handset).map((call) => ({ kind: "call" as const, ...call }))];
  // The later of two in the same millisecond is the one that came to the list later.
  entries.reverse().sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const newest = thread.findLast(({ direction }) => direction === "outbound-api");
  return {
    revision: state.changes.revision(handset),
    delivery: state.delivery(handset),
    entries: entries.slice(0, MOST_ENTRIES),
    newest: newest ? progressOf(state, newest) : null,
  };
}

export function progressOf(state: State, message: SimulatedMessage): MessageProgress {
  const { sid, channel = "sms", from, to, body, status, errorCode, provideFeedback, history = [] } = message;
  const feedback = state.feedback(sid);
  return {
    sid,
    channel,
    from,
    to,
    body,
    status,
    errorCode,
    provideFeedback,
    history: history.map((step) => ({ status: step.status, at: new Date(step.at).toISOString() })),
    feedback: feedback ? { outcome: feedback.outcome, at: feedback.at } : null,
  };
}

function textEntry(message: SimulatedMessage): TextEntry {
  const { direction, sid, channel = "sms", from, to, body, arrived, createdAt } = message;
  return {
    kind: "message",
    direction: direction === "inbound" ? "sent" : "received",
    sid,
    channel,
    from: from ?? "",
    to,
    body,
    at: new Date(arrived?.at ?? createdAt).toISOString(),
  };
}
