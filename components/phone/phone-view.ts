/** What the demo phone shows, as its page hands it to what draws it. */

import type { Channel } from "@/lib/terms/channels";

/** How messages to a handset fare. */
export type HandsetDelivery =
  | { mode: "normal" }
  /** Seconds from sent to delivered. */
  | { mode: "delayed"; seconds: number }
  /** Twilio's code. */
  | { mode: "failed"; errorCode: number }
  /** Sent, and no receipt ever comes. */
  | { mode: "lost" }
  /** Text messages as normal. */
  | { mode: "no-whatsapp" };

export interface HandsetView {
  /** E.164. */
  number: string;
  /** How the number is written. */
  label: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  delivery: HandsetDelivery;
  /** Messages that came while another handset was in hand. */
  unread: number;
}

/** A text on the screen. `at` is ISO 8601, here and below. */
export interface TextEntry {
  kind: "message";
  direction: "received" | "sent";
  channel: Channel;
  sid: string;
  body: string;
  at: string;
  /** The code or password in it, to be made out at a glance and copied. */
  secret: string | null;
}

export interface CallEntry {
  kind: "call";
  sid: string;
  at: string;
  answered: boolean;
  /** What was heard, sentence by sentence. */
  spoken: string[];
}

export type Entry = TextEntry | CallEntry;

/** A form's answer: what kept it from being done, and how often it was done, so that two answers are never alike. */
export interface AnswerState {
  problem: string | null;
  times: number;
}

export const UNANSWERED: AnswerState = { problem: null, times: 0 };
