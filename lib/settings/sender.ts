/**
 * The sender in the configuration, in the one spelling that Twilio's webhooks have: replies are found by it.
 */
import parsePhoneNumber from "libphonenumber-js/max";

/** @returns the sender, or why it is none, as it goes on after the variable's name */
export function readSender(text: string): { sender: string } | { why: string } {
  const plain = text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (/^MG[0-9a-f]{32}$/i.test(plain)) {
    return { why: "is a Messaging Service: set TWILIO_MESSAGING_SERVICE_SID instead" };
  }
  if (/^\p{L}+:/u.test(plain)) return { why: "has a channel before it, and what is sent are text messages" };
  // A name has a letter: what has none, is a number however it is written.
  if (/[A-Za-z]/.test(plain)) return nameIn(plain);
  const digits = plain.replace(/[\s().\p{Pd}/]/gu, "");
  if (/^\d{3,6}$/.test(digits)) return { sender: digits };
  const bare = plain.replace(/[()]/g, "");
  const parsed = bare.startsWith("+") ? parsePhoneNumber(bare, { extract: false }) : undefined;
  if (parsed?.isPossible() && !parsed.ext) return { sender: parsed.number };
  return {
    why: "is no sender: write a number with + and the country's code, as in +15005550006, a short code, or a name of up to 11 letters and digits",
  };
}

/** Alphanumeric senders, as Twilio takes them. */
function nameIn(plain: string): { sender: string } | { why: string } {
  if (/^[A-Za-z0-9 &_+-]{1,11}$/.test(plain)) return { sender: plain };
  return {
    why: "is no sender: a name has up to 11 characters, letters without accents, digits, spaces and &, _, + or -",
  };
}
