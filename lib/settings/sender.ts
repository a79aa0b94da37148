/**
 * Senders, in the one spelling that Twilio's webhooks have: replies are found by it.
 */
import parsePhoneNumber from "libphonenumber-js/max";
import { isMessagingService, WHATSAPP_PREFIX, type Channel } from "../terms/channels";

/** A sender, or why it is none, as it goes on after its name. */
export type SenderReading = { sender: string } | { why: string };

/** The sender of text messages in the configuration: a Messaging Service has a variable of its own. */
export function readSender(text: string): SenderReading {
  const plain = plainText(text);
  if (isMessagingService(plain)) {
    return { why: "is a Messaging Service: set TWILIO_MESSAGING_SERVICE_SID instead" };
  }
  if (/^\p{L}+:/u.test(plain)) return { why: "has a channel before it, and what is sent are text messages" };
  // A name has a letter: what has none, is a number however it is written.
  if (/[A-Za-z]/.test(plain)) return nameIn(plain);
  const digits = plain.replace(/[\s().\p{Pd}/]/gu, "");
  if (/^\d{3,6}$/.test(digits)) return { sender: digits };
  const number = numberIn(plain);
  if (number !== null) return { sender: number };
  return {
    why: "is no sender: write a number with + and the country's code, as in +15005550006, a short code, or a name of up to 11 letters and digits",
  };
}

/** A sender of a channel: with SMS as in the configuration, or a Messaging Service; with WhatsApp a number or a service. */
export function readSenderOf(channel: Channel, text: string): SenderReading {
  const plain = plainText(text);
  if (isMessagingService(plain)) return { sender: `MG${plain.slice(2).toLowerCase()}` };
  if (channel === "sms") return readSender(plain);
  const number = numberIn(
    plain.toLowerCase().startsWith(WHATSAPP_PREFIX) ? plain.slice(WHATSAPP_PREFIX.length) : plain,
  );
  if (number !== null) return { sender: WHATSAPP_PREFIX + number };
  return {
    why: "is no WhatsApp sender: write a number with + and the country's code, as in +15005550006, or a Messaging Service's SID",
  };
}

function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function numberIn(plain: string): string | null {
  const bare = plain.replace(/[()]/g, "");
  const parsed = bare.startsWith("+") ? parsePhoneNumber(bare, { extract: false }) : undefined;
  return parsed?.isPossible() && !parsed.ext ? parsed.number : null;
}

/** Alphanumeric senders, as Twilio takes them. */
function nameIn(plain: string): SenderReading {
  if (/^[A-Za-z0-9 &_+-]{1,11}$/.test(plain)) return { sender: plain };
  return {
    why: "is no sender: a name has up to 11 characters, letters without accents, digits, spaces and &, _, + or -",
  };
}
