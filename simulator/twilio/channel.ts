/** What carries a message. */
export type Channel = "sms" | "whatsapp";

const WHATSAPP = "whatsapp:";

/** An address as Twilio writes it, in its two parts. */
export function readAddress(text: string): { channel: Channel; address: string } {
  return text.startsWith(WHATSAPP)
    ? { channel: "whatsapp", address: text.slice(WHATSAPP.length) }
    : { channel: "sms", address: text };
}

/** The same put together. A message from before channels were kept is a text message. */
export function writeAddress(channel: Channel | undefined, address: string): string {
  return channel === "whatsapp" ? WHATSAPP + address : address;
}
