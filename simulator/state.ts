import { Changes } from "./changes";
import type { Journal } from "./journal";
import { NORMAL, type HandsetDelivery } from "./network/handset-delivery";
import type { SimulatedMessage, SimulatedCall, FeedbackEntry } from "./remembered";

/** The handset among a message's two ends. */
const handsetOf = ({ direction, from, to }: SimulatedMessage) =>
  direction === "inbound" ? (from ?? "") : to;

type JournalRecord =
  | { kind: "message"; message: SimulatedMessage }
  | { kind: "update"; sid: string; patch: Partial<SimulatedMessage> }
  | { kind: "feedback"; entry: FeedbackEntry }
  | { kind: "call"; call: SimulatedCall }
  | { kind: "delivery"; handset: string; delivery: HandsetDelivery };

// At the demo's pace of one message a second this is 28 hours, more than the day in which late feedback may come.
const RETAINED = 100_000;

/** People call by hand, so these are few. */
const RETAINED_CALLS = 1_000;

/**
 * What Twilio and the world's handsets would remember: messages, calls, what has reached which handset, how each is
 * reached, and the feedback that was given. Every change is in the journal before the caller goes on, so that a killed process knows all that it had answered for.
 */
export class State {
  /** For those who wait for news of a handset. */
  readonly changes = new Changes();
  readonly #messages = new Map<string, SimulatedMessage>();
  readonly #inboxes = new Map<string, string[]>();
  readonly #threads = new Map<string, string[]>();
  readonly #deliveries = new Map<string, HandsetDelivery>();
  #calls: SimulatedCall[] = [];
  #ledger: FeedbackEntry[] = [];
  #arrivals = 0;
  #loaded = false;

  constructor(private readonly journal: Journal | null) {}

  /** Start writing; the first time, remember what an earlier process wrote. Throws when the file cannot be used. */
  open(): void {
    if (!this.#loaded) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its lines are records of ours
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
    this.#threads.clear();
    this.#deliveries.clear();
    this.#calls = [];
    this.#ledger = [];
    this.changes.bumpAll();
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

  /** All messages to and from a handset, arrived or not, oldest first. */
  thread(handset: string): SimulatedMessage[] {
    return (this.#threads.get(handset) ?? []).flatMap((sid) => this.#messages.get(sid) ?? []);
  }

  /** The calls a handset has made, oldest first. */
  calls(handset: string): SimulatedCall[] {
    return this.#calls.filter(({ from }) => from === handset);
  }

  /** The newest feedback for a message. */
  feedback(sid: string): FeedbackEntry | undefined {
    return this.#ledger.findLast(({ messageSid }) => messageSid === sid);
  }

  /** How messages to a handset fare, until it is told otherwise. */
  delivery(handset: string): HandsetDelivery {
    return this.#deliveries.get(handset) ?? NORMAL;
  }

  setDelivery(handset: string, delivery: HandsetDelivery): void {
    this.#record({ kind: "delivery", handset, delivery });
  }

  addCall(call: SimulatedCall): void {
    this.#record({ kind: "call", call });
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
    addTo(this.#inboxes, message.to, sid);
  }

  addFeedback(entry: FeedbackEntry): void {
    this.#record({ kind: "feedback", entry });
  }

  #record(record: JournalRecord): void {
    this.journal?.append(record);
    this.#apply(record);
    this.#forgetOldest();
    this.#tell(record);
    const kept = this.#messages.size + this.#ledger.length + this.#calls.length + this.#deliveries.size;
    if (this.journal?.hasOutgrown(kept)) this.journal.rewrite(this.#records());
  }

  #tell(record: JournalRecord): void {
    const handset = this.#handsetIn(record);
    if (handset !== undefined) this.changes.bump(handset);
  }

  #handsetIn(record: JournalRecord): string | undefined {
    if (record.kind === "call") return record.call.from;
    if (record.kind === "delivery") return record.handset;
    if (record.kind === "message") return handsetOf(record.message);
    const message = this.#messages.get(record.kind === "update" ? record.sid : record.entry.messageSid);
    return message && handsetOf(message);
  }

  #apply(record: JournalRecord): void {
    if (record.kind === "message") this.#put(record.message);
    if (record.kind === "feedback") this.#ledger.push(record.entry);
    if (record.kind === "call") this.#calls.push(record.call);
    if (record.kind === "delivery") this.#setDelivery(record.handset, record.delivery);
    if (record.kind === "update") {
      const message = this.#messages.get(record.sid);
      if (message) this.#put({ ...message, ...record.patch });
    }
  }

  #setDelivery(handset: string, delivery: HandsetDelivery): void {
    if (delivery.mode === "normal") this.#deliveries.delete(handset);
    else this.#deliveries.set(handset, delivery);
  }

  #put(message: SimulatedMessage): void {
    if (!this.#messages.has(message.sid)) addTo(this.#threads, handsetOf(message), message.sid);
    this.#messages.set(message.sid, message);
    this.#arrivals = Math.max(this.#arrivals, message.arrived?.order ?? 0);
  }

  #rebuildInboxes(): void {
    const arrived = [...this.#messages.values()].filter((message) => message.arrived);
    arrived.sort((a, b) => (a.arrived?.order ?? 0) - (b.arrived?.order ?? 0));
    for (const message of arrived) addTo(this.#inboxes, message.to, message.sid);
  }

  #forgetOldest(): void {
    if (this.#ledger.length > RETAINED) this.#ledger.shift();
    if (this.#calls.length > RETAINED_CALLS) this.#calls.shift();
    if (this.#messages.size <= RETAINED) return;
    const [oldest] = this.#messages.values();
    if (!oldest) return;
    this.#messages.delete(oldest.sid);
    removeFrom(this.#inboxes, oldest.to, oldest.sid);
    removeFrom(this.#threads, handsetOf(oldest), oldest.sid);
    if (!this.#threads.has(handsetOf(oldest))) this.changes.forget(handsetOf(oldest));
  }

  *#records(): Iterable<JournalRecord> {
    for (const message of this.#messages.values()) yield { kind: "message", message };
    for (const entry of this.#ledger) yield { kind: "feedback", entry };
    for (const call of this.#calls) yield { kind: "call", call };
    for (const [handset, delivery] of this.#deliveries) yield { kind: "delivery", handset, delivery };
  }
}

function addTo(lists: Map<string, string[]>, key: string, sid: string): void {
  const list = lists.get(key);
  if (list) list.push(sid);
  else lists.set(key, [sid]);
}

function removeFrom(lists: Map<string, string[]>, key: string, sid: string): void {
  const list = lists.get(key)?.filter((other) => other !== sid) ?? [];
  if (list.length > 0) lists.set(key, list);
  else lists.delete(key);
}
