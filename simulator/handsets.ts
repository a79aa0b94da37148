import { EventEmitter, once } from "node:events";

import type { State } from "./state";
import type { Channel } from "./twilio/channel";

/** A message as its handset shows it; `at`, when it arrived, is ISO 8601. */
export interface HandsetMessage {
  readonly sid: string;
  readonly channel: Channel;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly at: string;
}

/** The phones of the simulated world: every number has one. */
export class Handsets {
  readonly #arrivals = new EventEmitter().setMaxListeners(0);

  constructor(private readonly state: State) {}

  /** What a handset has received, newest first. */
  messages(number: string): HandsetMessage[] {
    return this.state.inbox(number).map(({ sid, channel = "sms", from, to, body, arrived }) => ({
      sid,
      channel,
      from: from ?? "",
      to,
      body,
      at: new Date(arrived?.at ?? 0).toISOString(),
    }));
  }

  /** A message has arrived on this handset. */
  notify(number: string): void {
    this.#arrivals.emit(number);
  }

  /**
   * The list as soon as its newest message is another than `after`, or as it is when the signal is aborted. Without
   * `after`, any message will do.
   */
  async messagesNewerThan(number: string, after: string, signal: AbortSignal): Promise<HandsetMessage[]> {
    for (;;) {
      const messages = this.messages(number);
      const newest = messages[0];
      if ((newest && newest.sid !== after) || signal.aborted) return messages;
      await once(this.#arrivals, number, { signal }).catch(() => undefined);
    }
  }
}
