/**
 * What messages are found by that no address may have: a whole number, a message's SID or id, or its verification's id. The dashboard's form
 * and the API read it alike.
 */
import { validate } from "uuid";
import type { MessageKey } from "../../insights/reports/found-messages";
import { plainText } from "../../terms/typed-text";
import { parseRecipient } from "../../verification/recipient";

export type KeyReading = { ok: true; key: MessageKey } | { ok: false; why: string };

/** What a text names, and otherwise why it names nothing, in words that go after "it". */
export function readMessageKey(text: string): KeyReading {
  const typed = plainText(text);
  if (/^(SM|MM)[0-9a-f]{32}$/i.test(typed)) return { ok: true, key: { by: "sid", sid: spelledSid(typed) } };
  if (/^(SM|MM)[0-9a-z]*$/i.test(typed))
    return { ok: false, why: "is no whole SID, which has SM or MM and then 32 of 0 to 9 and a to f" };
  if (validate(typed)) return { ok: true, key: { by: "id", id: typed.toLowerCase() } };
  const reading = parseRecipient(text);
  return reading.ok ? { ok: true, key: { by: "number", number: reading.recipient.number } } : reading;
}

/** As Twilio writes it. */
function spelledSid(sid: string): string {
  return sid.slice(0, 2).toUpperCase() + sid.slice(2).toLowerCase();
}
