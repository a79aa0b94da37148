import type { Handsets } from "../handsets";
import type { SimulatedTime } from "../simulated-time";
import { isFinal, type SimulatedMessage } from "../remembered";
import type { State } from "../state";
import type { Templates } from "../twilio/content";
import { countSegments } from "../twilio/segments";
import type { StatusCallbacks } from "../webhooks/status-callbacks";
import { routeOf } from "./handset-delivery";
import { planDelivery, type OnWhatsApp, type Step } from "./plan-delivery";
import { priceOf } from "./prices";
import { routeTo, type ScenarioName } from "./scenarios";

/** The number a Messaging Service sends from. */
const SERVICE_SENDER = "+15017122661";

/** What a message on WhatsApp ends with. */
const NO_SUCH_ADDRESS = 63_003;
const OUTSIDE_WINDOW = 63_016;

/** Simulated milliseconds from `sent` until the price is known. */
const BILLING_DELAY = 5_000;

/** Moves messages from acceptance to their end, tells their sender, and shows them on handsets. */
export class Delivery {
  /** Applies to messages that set out from now on. */
  scenario: ScenarioName = "calm";

  constructor(
    private readonly parts: {
      state: State;
      time: SimulatedTime;
      callbacks: StatusCallbacks;
      handsets: Handsets;
      templates: Templates;
      random: () => number;
    },
  ) {}

  /** Set a message on its way, from whatever status it has. */
  start(message: SimulatedMessage): void {
    const { state, random } = this.parts;
    const route = routeOf(state.delivery(message.to), routeTo(message.to, this.scenario));
    this.#follow(message.sid, planDelivery(message, route, Date.now(), random, this.#onWhatsApp(message)));
  }

  #onWhatsApp({ channel, to, contentSid }: SimulatedMessage): OnWhatsApp | undefined {
    const { state, templates } = this.parts;
    if (channel !== "whatsapp") return undefined;
    if (state.delivery(to).mode === "no-whatsapp") return { error: NO_SUCH_ADDRESS };
    // Without a template only whoever has written of late is answered, and nobody has.
    return { error: contentSid ? templates.errorOf(contentSid) : OUTSIDE_WINDOW };
  }

  /** Take up what was under way when the simulator, or an earlier process of it, stopped. */
  resume(): void {
    for (const message of this.parts.state.messages()) {
      if (!isFinal(message.status)) this.start(message);
      if (message.status !== "failed" && message.sentAt !== null && message.price === null) {
        this.#bill(message.sid);
      }
      for (const due of message.dueCallbacks) this.parts.callbacks.dispatch(message.sid, due);
    }
  }

  #follow(sid: string, [step, ...rest]: readonly Step[]): void {
    if (!step) return;
    this.parts.time.after(step.after, () => {
      this.#take(sid, step);
      this.#follow(sid, rest);
    });
  }

  #take(sid: string, { status, errorCode }: Step): void {
    const { state, callbacks, handsets } = this.parts;
    const message = state.message(sid);
    if (!message) return;

    const at = Date.now();
    const due = { status, at };
    const patch: Partial<SimulatedMessage> = {
      status,
      errorCode,
      updatedAt: at,
      from: message.from ?? SERVICE_SENDER,
      // A message that failed before it was sent is dated all the same: lists by date would never show it otherwise.
      // Twilio does not document what it does.
      sentAt: status === "sent" || status === "failed" ? (message.sentAt ?? at) : message.sentAt,
      history: [...(message.history ?? []), due],
      dueCallbacks: message.statusCallback ? [...message.dueCallbacks, due] : [],
    };

    if (status === "delivered") {
      state.arrive(sid, at, patch);
      handsets.notify(message.to);
    } else {
      state.update(sid, patch);
    }
    if (status === "sent") this.#bill(sid);
    if (message.statusCallback) callbacks.dispatch(sid, due);
  }

  #bill(sid: string): void {
    const { state, time } = this.parts;
    time.after(BILLING_DELAY, () => {
      const message = state.message(sid);
      if (!message || message.status === "failed") return;
      state.update(sid, { price: priceOf(message.to, countSegments(message.body)), updatedAt: Date.now() });
    });
  }
}
