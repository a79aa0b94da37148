import type { Journal } from "./journal";

export type MessageStatus =
  "accepted" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "failed" | "received";

const FINAL_STATUSES: ReadonlySet<MessageStatus> = new Set([
  "delivered",
  "undelivered",
  "failed",
  "received",
]);

/** Whether nothing follows this status. */
export const isFinal = (status: MessageStatus) => FINAL_STATUSES.has(status);

/** A status change the sender has not been told of yet. */
export interface DueCallback {
  readonly status: MessageStatus;
  /** When the message took the status, in epoch milliseconds. */
  readonly at: number;
}

/** One message as the simulator keeps it. Instants are epoch milliseconds. */
export interface SimulatedMessage {
  readonly sid: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-reply";
  readonly to: string;
  /** Null until a Messaging Service has chosen a sender. */
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
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
}

export type FeedbackOutcome = "confirmed" | "unconfirmed";

/** One Feedback post that was taken; `at` is ISO 8601. */
export interface FeedbackEntry {
  readonly messageSid: string;
  readonly outcome: FeedbackOutcome;
  readonly at: string;
}

type JournalRecord =
  | { kind: "message"; message: SimulatedMessage }
  | { kind: "update"; sid: string; patch: Partial<SimulatedMessage> }
  | { kind: "feedback"; entry: FeedbackEntry };

// At the demo's pace of one message a second this is 28 hours, more than the day in which late feedback may come.
const RETAINED = 100_000;

/**
 * What Twilio would remember: messages, what has reached which handset, and the feedback it was given. Every change is
 * in the journal before the caller goes on, so that a killed process knows all that it had answered for.
 */
export class State {
  readonly #messages = new Map<string, SimulatedMessage>();
  readonly #inboxes = new Map<string, string[]>();
  #ledger: FeedbackEntry[] = [];
  #arrivals = 0;
  #loaded = false;

  constructor(private readonly journal: Journal | null) {}

  /** Start writing; the first time, remember what an earlier process wrote. Throws when the file cannot be used. */
  open(): void {
    if (!this.#loaded) {
      for (const record of (this.journal?.read() ?? []) as JournalRecord[]) this.#apply(record);
      this.#rebuildInboxes();
      this.#loaded = true;
    }
    this.journal?.rewrite(this.#records());
  }

  close(): void {
    this.journal?.close();
  }

  /** Forget everything, also on disk. */
  clear(): void {
    this.#messages.clear();
    this.#inboxes.clear();
    this.#ledger = [];
    this.journal?.rewrite([]);
  }

  message(sid: string): SimulatedMessage | undefined {
    return this.#messages.get(sid);
  }

  /** All messages, newest first. */
  messages(): SimulatedMessage[] {
    return [...this.#messages.values()].reverse();
  }

  /** All feedback taken, in order of arrival. */
  ledger(): FeedbackEntry[] {
    return [...this.#ledger];
  }

  /** What a handset has received, newest first. */
  inbox(number: string): SimulatedMessage[] {
    const sids = this.#inboxes.get(number) ?? [];
    return sids.flatMap((sid) => this.#messages.get(sid) ?? []).reverse();
  }

  add(message: SimulatedMessage): void {
    this.#record({ kind: "message", message });
  }

  update(sid: string, patch: Partial<SimulatedMessage>): void {
    if (this.#messages.has(sid)) this.#record({ kind: "update", sid, patch });
  }

  /** The message has reached its handset. */
  arrive(sid: string, at: number, patch: Partial<SimulatedMessage>): void {
    const message = this.#messages.get(sid);
    if (!message) return;
    this.update(sid, { ...patch, arrived: { at, order: this.#arrivals + 1 } });
    this.#addToInbox(message.to, sid);
  }

  addFeedback(entry: FeedbackEntry): void {
    this.#record({ kind: "feedback", entry });
  }

  #record(record: JournalRecord): void {
    this.journal?.append(record);
    this.#apply(record);
    this.#forgetOldest();
    if (this.journal?.hasOutgrown(this.#messages.size + this.#ledger.length)) {
      this.journal.rewrite(this.#records());
    }
  }

  #apply(record: JournalRecord): void {
    if (record.kind === "message") this.#put(record.message);
    if (record.kind === "feedback") this.#ledger.push(record.entry);
    if (record.kind === "update") {
      const message = this.#messages.get(record.sid);
      if (message) this.#put({ ...message, ...record.patch });
    }
  }

  #put(message: SimulatedMessage): void {
    this.#messages.set(message.sid, message);
    this.#arrivals = Math.max(this.#arrivals, message.arrived?.order ?? 0);
  }

  #addToInbox(number: string, sid: string): void {
    const inbox = this.#inboxes.get(number);
    if (inbox) inbox.push(sid);
    else this.#inboxes.set(number, [sid]);
  }

  #rebuildInboxes(): void {
    const arrived = [...this.#messages.values()].filter((message) => message.arrived);
    arrived.sort((a, b) => (a.arrived?.order ?? 0) - (b.arrived?.order ?? 0));
    for (const message of arrived) this.#addToInbox(message.to, message.sid);
  }

  #forgetOldest(): void {
    if (this.#ledger.length > RETAINED) this.#ledger.shift();
    if (this.#messages.size <= RETAINED) return;
    const [oldest] = this.#messages.values();
    if (!oldest) return;
    this.#messages.delete(oldest.sid);
    const inbox = this.#inboxes.get(oldest.to)?.filter((sid) => sid !== oldest.sid) ?? [];
    if (inbox.length > 0) this.#inboxes.set(oldest.to, inbox);
    else this.#inboxes.delete(oldest.to);
  }

  *#records(): Iterable<JournalRecord> {
    for (const message of this.#messages.values()) yield { kind: "message", message };
    for (const entry of this.#ledger) yield { kind: "feedback", entry };
  }
}
