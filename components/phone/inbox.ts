/** What the demo phone shows. */
export interface PhoneMessage {
  sid: string;
  from: string;
  body: string;
  /** ISO 8601. */
  at: string;
  /** The one-time code in it; null in any other text. */
  code: string | null;
}

/** The messages, newest first; or that the simulator, which has them, does not answer. */
export type Inbox = { state: "open"; messages: PhoneMessage[] } | { state: "unreachable" };

/** The answer to a phone that waits for messages; `moved` when this browser holds another handset by now. */
export type InboxAnswer = Inbox | { state: "moved" };
