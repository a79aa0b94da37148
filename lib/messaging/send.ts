/**
 * Sends messages: those that ask for a tracked action, and notices.
 */
import { env, required } from "../env";
import { LONGEST_LIFETIME_SECONDS } from "../terms/limits";
import { isMessagingService, WHATSAPP_PREFIX, type Channel } from "../terms/channels";
import { twilioClient } from "./client";
import { callFault } from "./fault";
import { isMessageStatus, type MessageStatus } from "../terms/statuses";
import { statusCallbackUrl } from "./webhook";

/** What a message is sent by. */
export interface SendingBy {
  /** A number, a name, a short code or a Messaging Service; `whatsapp:` before a number of that. */
  address: string;
  channel: Channel;
  /** Of WhatsApp: the approved template for codes, which takes the place of a text. */
  contentSid: string | null;
}

interface OwnMessage {
  /** Ours; part of the status callback's URL, which is how a SID comes back whose answer was lost. */
  messageId: string;
  /** E.164. */
  to: string;
  body: string;
}

export interface TrackedMessage extends OwnMessage {
  by: SendingBy;
  /** What the template of WhatsApp takes in place of the text. */
  secret: string;
  /** Which message of its verification it is, from 1: what Twilio calls its attempt. */
  ordinal: number;
  /** What is left of the secret's lifetime: Twilio drops the message rather than deliver it later. */
  validitySeconds: number;
}

/**
 * - `accepted`: Twilio has it, under this SID.
 * - `refused`: it will not be sent; `errorCode` is Twilio's, null when Twilio could not be reached at all.
 * - `unknown`: the answer never came. Sending again could send twice, so nobody does; the status callback or the
 *   reconciliation tells the SID if there is one.
 */
export type SendResult =
  | { outcome: "accepted"; sid: string; status: MessageStatus }
  | { outcome: "refused"; errorCode: number | null; error: string }
  | { outcome: "unknown"; error: string };

/** The sender in the configuration: a number, a name, or a Messaging Service that chooses one. */
export function configuredSender(): string {
  return env().TWILIO_MESSAGING_SERVICE_SID ?? required("TWILIO_FROM");
}

/** Sends one message with `ProvideFeedback`, which cannot be added later. Never throws for what Twilio or the network did. */
export function sendTrackedMessage(message: TrackedMessage): Promise<SendResult> {
  return create(message, message.by, {
    ...textOf(message),
    provideFeedback: true,
    attempt: message.ordinal,
    validityPeriod: Math.min(LONGEST_LIFETIME_SECONDS, Math.max(1, Math.floor(message.validitySeconds))),
  });
}

/** Sends a message that asks for nothing, so without `ProvideFeedback`. Its delivery is told to us all the same. */
export function sendNotice(message: OwnMessage): Promise<SendResult> {
  const by = { address: configuredSender(), channel: "sms", contentSid: null } as const;
  return create(message, by, { body: message.body });
}

/** WhatsApp takes no text of ours: an approved template, and what stands in it. */
function textOf({ by, body, secret }: TrackedMessage): Further {
  if (by.channel === "sms" || by.contentSid === null) return { body };
  return { contentSid: by.contentSid, contentVariables: JSON.stringify({ 1: secret }) };
}

type Further = Omit<Parameters<ReturnType<typeof twilioClient>["messages"]["create"]>[0], "to">;

async function create(
  { messageId, to }: OwnMessage,
  { address, channel }: SendingBy,
  further: Further,
): Promise<SendResult> {
  try {
    const created = await twilioClient().messages.create({
      to: channel === "whatsapp" ? WHATSAPP_PREFIX + to : to,
      ...(isMessagingService(address) ? { messagingServiceSid: address } : { from: address }),
      ...further,
      statusCallback: statusCallbackUrl(messageId),
    });
    if (!created.sid) return { outcome: "unknown", error: "no_sid" };
    const status = isMessageStatus(created.status) ? created.status : "accepted";
    return { outcome: "accepted", sid: created.sid, status };
  } catch (error) {
    const fault = callFault(error);
    switch (fault.kind) {
      case "refused":
        return { outcome: "refused", errorCode: fault.code, error: `http_${fault.status}` };
      case "unreachable":
        return { outcome: "refused", errorCode: null, error: fault.error };
      case "unknown":
        return { outcome: "unknown", error: fault.error };
    }
  }
}
