/** How a message was sent, in words. */
import { isMessagingService, WHATSAPP_PREFIX } from "@/lib/terms/channels";
import { formatNumber } from "./phone-number";

/** A sender as people read it: a number in groups, WhatsApp's with its channel, and of a Messaging Service's SID what tells it from others. */
export function senderWords(address: string): string {
  if (address === "unknown") return "Not known";
  if (address.startsWith(WHATSAPP_PREFIX))
    return `WhatsApp ${senderWords(address.slice(WHATSAPP_PREFIX.length))}`;
  if (isMessagingService(address)) return `Service …${address.slice(-4)}`;
  return address.startsWith("+") ? formatNumber(address) : address;
}

/** The same for Twilio's support, which knows a service by all of its SID. */
export function senderForSupport(address: string): string {
  return isMessagingService(address) ? address : senderWords(address);
}

const names = new Intl.DisplayNames("en-GB", { type: "language" });

/** A language by its name; `unknown` or nothing of messages from before it was kept. */
export function languageWords(locale: string | null): string {
  if (!locale || locale === "unknown") return "Not known";
  try {
    return names.of(locale) ?? locale;
  } catch {
    return locale;
  }
}
