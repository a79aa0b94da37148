/** How a message was sent, in words. */
import { WHATSAPP_PREFIX } from "@/lib/terms/channels";
import { formatNumber } from "./phone-number";

/** A sender as people read it: a number in groups, WhatsApp's with its channel. */
export function senderWords(address: string): string {
  if (address === "unknown") return "Not known";
  if (address.startsWith(WHATSAPP_PREFIX))
    return `WhatsApp ${senderWords(address.slice(WHATSAPP_PREFIX.length))}`;
  return address.startsWith("+") ? formatNumber(address) : address;
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
