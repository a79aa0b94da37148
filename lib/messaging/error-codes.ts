/**
 * Twilio's error codes in words: those that messages of this kind meet. https://www.twilio.com/docs/api/errors has all.
 */
const WORDS: Record<number, string> = {
  20003: "Twilio did not accept the account's credentials",
  20404: "Twilio does not know the message, or it was sent without asking for feedback",
  20429: "Too many requests at once",
  21211: "Not a valid number",
  21265: "Not a mobile number",
  21408: "Sending to this region is switched off in the account",
  21610: "The recipient opted out by replying STOP",
  21611: "The sender's queue is full",
  21612: "No route from this sender to this number",
  21614: "Not a mobile number",
  21617: "The text is too long",
  21635: "A landline, which gets no text messages",
  30001: "Twilio's queue was full",
  30002: "The account is suspended",
  30003: "The phone is off, out of reach or cannot take the message",
  30004: "The recipient or the carrier blocks such messages",
  30005: "The number is unknown or no longer in use",
  30006: "A landline, or a carrier that cannot be reached",
  30007: "Filtered as unwanted by the carrier or by Twilio",
  30008: "Not delivered, and the carrier did not say why",
  30034: "The sender's number is not registered with the carriers",
  30410: "The carrier's gateway did not answer in time",
  30450: "Blocked by Twilio as likely SMS pumping",
  30453: "Blocked by Twilio: too many messages to similar numbers",
  60410: "Blocked by Twilio Verify's fraud protection",
  63038: "The account's daily limit of messages is reached",
};

/** What a code means; a plain sentence for those not listed. */
export function errorWords(code: number | null): string {
  if (code === null) return "No code was given";
  return WORDS[code] ?? `Twilio's error ${code}`;
}
