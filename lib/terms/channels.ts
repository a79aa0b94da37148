/**
 * The channels: what carries a message.
 */
import { namesOf } from "./names";

export const CHANNELS = {
  sms: { words: "SMS" },
  whatsapp: { words: "WhatsApp" },
} as const satisfies Record<string, { words: string }>;

export type Channel = keyof typeof CHANNELS;

export const CHANNEL_NAMES = namesOf(CHANNELS);

export function isChannel(text: string): text is Channel {
  return CHANNEL_NAMES.some((name) => name === text);
}

/** What Twilio's addresses of WhatsApp begin with. */
export const WHATSAPP_PREFIX = "whatsapp:";

/** Whether a sender is a Messaging Service, by its SID, and no name that begins as one. */
export function isMessagingService(sender: string): boolean {
  return /^MG[0-9a-f]{32}$/i.test(sender);
}
