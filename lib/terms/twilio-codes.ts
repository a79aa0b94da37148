/**
 * Twilio's error codes in words: those that messages of this kind meet. https://www.twilio.com/docs/api/errors has all.
 */
interface CodeTerms {
  /** For who runs the product. */
  words: string;
  /** For who asked for a message that Twilio did not take: why, and what to do. */
  remedy?: string;
  /** For who waits for a message that did not arrive. */
  failure?: string;
  /** In as few words as fit on a phone. */
  short?: string;
}

export const TWILIO_CODES: Readonly<Record<number, CodeTerms>> = {
  20003: { words: "Twilio did not accept the account's credentials" },
  20404: { words: "Twilio does not know the message, or it was sent without asking for feedback" },
  20429: { words: "Too many requests at once" },
  21211: {
    words: "Not a valid number",
    remedy: "It is not a phone number that can be texted. Check every digit.",
  },
  21265: { words: "Not a mobile number" },
  21408: {
    words: "Sending to this region is switched off in the account",
    remedy: "We cannot text numbers in this country yet. Use a number of another country.",
  },
  21610: {
    words: "The recipient opted out by replying STOP",
    remedy: "This number has opted out of our messages. Text START to us from it, or use another number.",
  },
  21611: { words: "The sender's queue is full" },
  21612: {
    words: "No route from this sender to this number",
    remedy: "There is no route for text messages to it. Use another number.",
  },
  21614: {
    words: "Not a mobile number",
    remedy: "It is not a mobile number. Use a mobile number.",
  },
  21617: { words: "The text is too long" },
  21635: { words: "A landline, which gets no text messages" },
  21655: { words: "There is no content template with this SID" },
  21656: { words: "The content template does not take these variables" },
  21910: { words: "The sender is not of the channel that the message goes by" },
  30001: { words: "Twilio's queue was full" },
  30002: { words: "The account is suspended" },
  30003: {
    words: "The phone is off, out of reach or cannot take the message",
    failure: "The phone is off or out of reach.",
    short: "Out of reach",
  },
  30004: {
    words: "The recipient or the carrier blocks such messages",
    failure: "The phone or its network blocks our messages.",
    short: "Blocked",
  },
  30005: {
    words: "The number is unknown or no longer in use",
    failure: "The number is not in service.",
    short: "Unknown handset",
  },
  30006: {
    words: "A landline, or a carrier that cannot be reached",
    failure: "The number is a landline, or its network cannot be reached.",
    short: "Landline",
  },
  30007: {
    words: "Filtered as unwanted by the carrier or by Twilio",
    failure: "The network took the message for spam.",
    short: "Filtered",
  },
  30008: { words: "Not delivered, and the carrier did not say why", short: "Unknown error" },
  30034: { words: "The sender's number is not registered with the carriers" },
  30036: { words: "Not delivered before its validity period was over", short: "Too late" },
  30410: { words: "The carrier's gateway did not answer in time" },
  30450: { words: "Blocked by Twilio as likely SMS pumping" },
  30453: { words: "Blocked by Twilio: too many messages to similar numbers" },
  60410: { words: "Blocked by Twilio Verify's fraud protection" },
  63003: {
    words: "The number has no WhatsApp",
    failure: "There is no WhatsApp on this number.",
    short: "No WhatsApp",
  },
  63007: { words: "The sender is not registered with WhatsApp" },
  63016: { words: "WhatsApp takes no text of ours: the sender has no approved template" },
  63024: {
    words: "WhatsApp does not deliver to this number",
    failure: "WhatsApp does not deliver to this number.",
    short: "No WhatsApp",
  },
  63038: { words: "The account's daily limit of messages is reached" },
  63040: { words: "WhatsApp rejected the template", short: "Template rejected" },
  63041: { words: "WhatsApp has paused the template", short: "Template paused" },
  63042: { words: "WhatsApp has disabled the template", short: "Template disabled" },
};

/** What a code means; a plain sentence for those not listed. */
export function errorWords(code: number | null): string {
  if (code === null) return "No code was given";
  return TWILIO_CODES[code]?.words ?? `Twilio's error ${code}`;
}
