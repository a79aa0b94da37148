import type { Faults } from "../faults";
import type { SimulatedTime } from "../simulated-time";
import { isFinal, type DueCallback, type SimulatedMessage } from "../remembered";
import type { State } from "../state";
import { writeAddress } from "../twilio/channel";
import { receiptDate } from "../twilio/rfc2822";
import type { WebhookSender } from "./webhook-sender";

/** Simulated milliseconds: how late a late callback is, and how long a held one waits for its successor. */
const LATE_BY = 6_000;
const HELD_AT_MOST = 20_000;

/** Tells the sender of a message about its status changes. */
export class StatusCallbacks {
  /** Callbacks waiting for the same message's next one to overtake them, by SID. */
  readonly #held = new Map<string, DueCallback>();

  constructor(
    private readonly parts: {
      accountSid: string;
      state: State;
      time: SimulatedTime;
      faults: Faults;
      sender: WebhookSender;
      log: (line: string) => void;
    },
  ) {}

  /** Send a callback, or let a fault befall it. It stays due until it was delivered or given up. */
  dispatch(sid: string, due: DueCallback): void {
    const { faults, time } = this.parts;
    const struck = faults.draw(["callbackLost", "callbackReorder", "callbackLate", "callbackDuplicate"]);

    if (struck.has("callbackLost")) {
      this.#settle(sid, due);
      this.#release(sid);
    } else if (struck.has("callbackReorder") && !isFinal(due.status) && !this.#held.has(sid)) {
      this.#held.set(sid, due);
      time.after(HELD_AT_MOST, () => this.#release(sid, due));
    } else {
      const copies = struck.has("callbackDuplicate") ? 2 : 1;
      time.after(struck.has("callbackLate") ? LATE_BY : 0, () => void this.#send(sid, due, copies));
    }
  }

  /** Let go of what is held: the simulator stops (everything due is sent again afterwards) or forgets. */
  clear(): void {
    this.#held.clear();
  }

  async #send(sid: string, due: DueCallback, copies: number): Promise<void> {
    const { state, sender, accountSid, log } = this.parts;
    const message = state.message(sid);
    if (!message?.statusCallback) return;
    const url = message.statusCallback;
    const form = callbackForm(accountSid, message, due);
    try {
      const results = await Promise.all(Array.from({ length: copies }, () => sender.post(url, form)));
      if (!results.some(({ status }) => status !== null && status < 300)) {
        log(`gave up telling of ${sid} being ${due.status}: ${results[0]?.status ?? "no answer"}`);
      }
    } catch {
      return; // Stopped meanwhile: the callback stays due.
    }
    this.#settle(sid, due);
    this.#release(sid);
  }

  #release(sid: string, only?: DueCallback): void {
    const held = this.#held.get(sid);
    if (!held || (only && held !== only)) return;
    this.#held.delete(sid);
    void this.#send(sid, held, 1);
  }

  #settle(sid: string, { status }: DueCallback): void {
    const message = this.parts.state.message(sid);
    if (!message) return;
    const dueCallbacks = message.dueCallbacks.filter((due) => due.status !== status);
    this.parts.state.update(sid, { dueCallbacks });
  }
}

function callbackForm(
  accountSid: string,
  message: SimulatedMessage,
  due: DueCallback,
): Record<string, string> {
  const { sid, channel, from, to, errorCode, messagingServiceSid } = message;
  const unsuccessful = due.status === "failed" || due.status === "undelivered";
  const isSms = channel !== "whatsapp";
  const receipt = isSms && (due.status === "delivered" || due.status === "undelivered");
  return {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    From: from === null ? "" : writeAddress(channel, from),
    To: writeAddress(channel, to),
    MessageSid: sid,
    MessageStatus: due.status,
    SmsSid: sid,
    SmsStatus: due.status,
    ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : {}),
    ...(unsuccessful && errorCode !== null ? { ErrorCode: String(errorCode) } : {}),
    ...(isSms ? {} : { ChannelPrefix: "whatsapp" }),
    ...(receipt ? { RawDlrDoneDate: receiptDate(due.at) } : {}),
    // In no documentation: Twilio adds parameters unannounced, and they are signed like the others.
    CarrierTraceId: sid.slice(2, 18),
  };
}
