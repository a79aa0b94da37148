import { ControlError } from "../controls/control-error";
import { countryOf } from "../network/countries";
import type { Delivery } from "../network/delivery";
import { newMessage } from "../new-message";
import type { State } from "../state";
import { countSegments } from "../twilio/segments";
import { newSid } from "../twilio/sids";
import type { PostResult } from "./post-form";
import { TN_VALIDATION_PASSED } from "./stir-verstat";
import { messagesInTwiml, spokenInTwiml } from "./twiml";
import type { WebhookSender } from "./webhook-sender";

/** What came of a reply or a call: the answer of the application's webhook, both null when it gave none. */
export interface InboundResult {
  readonly sid: string;
  readonly webhookStatus: number | null;
  readonly twiml: string | null;
}

/** What handsets send: messages and calls to the number that last messaged them. */
export class Inbound {
  constructor(
    private readonly parts: {
      accountSid: string;
      webhookBase: string | null;
      state: State;
      sender: WebhookSender;
      delivery: Delivery;
    },
  ) {}

  /** The handset answers by message. Texts of `<Message>` in the TwiML answer are sent back to it. */
  async reply(handset: string, body: string): Promise<InboundResult> {
    const { state } = this.parts;
    const { from: to, messagingServiceSid } = this.#correspondent(handset);
    const url = this.#url("/api/twilio/messages");
    const message = newMessage({ direction: "inbound", status: "received", from: handset, to, body });
    state.add(message);

    const result = await this.#post(url, {
      ...this.#parties(handset, to),
      MessageSid: message.sid,
      SmsSid: message.sid,
      SmsMessageSid: message.sid,
      SmsStatus: "received",
      Body: body,
      NumMedia: "0",
      NumSegments: String(countSegments(body)),
      ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : {}),
    });
    if (isSuccess(result)) this.#sendBack(messagesInTwiml(result.body ?? ""), { from: to, to: handset });
    return { sid: message.sid, webhookStatus: result.status, twiml: result.body };
  }

  /** The handset calls; `stirVerstat` is what the network finds of its number's signature. */
  async call(handset: string, stirVerstat = TN_VALIDATION_PASSED): Promise<InboundResult> {
    const { state } = this.parts;
    const { from: to } = this.#correspondent(handset);
    const url = this.#url("/api/twilio/calls");
    const sid = newSid("CA");
    const at = new Date().toISOString();
    const result = await this.#post(url, {
      ...this.#parties(handset, to),
      CallSid: sid,
      CallStatus: "ringing",
      Direction: "inbound",
      Caller: handset,
      Called: to,
      StirVerstat: stirVerstat,
    });
    const spoken = isSuccess(result) ? spokenInTwiml(result.body ?? "") : [];
    state.addCall({ sid, from: handset, to, at, webhookStatus: result.status, spoken });
    return { sid, webhookStatus: result.status, twiml: result.body };
  }

  #correspondent(handset: string): { from: string; messagingServiceSid: string | null } {
    const last = this.parts.state.inbox(handset)[0];
    if (!last?.from) throw new ControlError(409, "This handset has received no message it could answer");
    // A name is shown in place of a number, and cannot be answered.
    if (!/^\+?\d+$/.test(last.from))
      throw new ControlError(409, "The last sender is a name: it takes no answers");
    return { from: last.from, messagingServiceSid: last.messagingServiceSid };
  }

  #url(path: string): string {
    const { webhookBase } = this.parts;
    if (webhookBase === null)
      throw new ControlError(409, "The simulator was not told where inbound webhooks go");
    return webhookBase.replace(/\/$/, "") + path;
  }

  #parties(from: string, to: string): Record<string, string> {
    return {
      AccountSid: this.parts.accountSid,
      ApiVersion: "2010-04-01",
      From: from,
      To: to,
      FromCountry: countryOf(from) ?? "",
      ToCountry: countryOf(to) ?? "",
    };
  }

  async #post(url: string, form: Record<string, string>): Promise<PostResult> {
    return this.parts.sender.post(url, form);
  }

  #sendBack(texts: string[], parties: { from: string; to: string }): void {
    for (const body of texts) {
      const message = newMessage({ direction: "outbound-reply", status: "queued", body, ...parties });
      this.parts.state.add(message);
      this.parts.delivery.start(message);
    }
  }
}

const isSuccess = ({ status }: PostResult) => status !== null && status >= 200 && status < 300;
