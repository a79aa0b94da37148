/**
 * What people send back: inbound messages and calls, and what they are answered.
 */
import { env } from "../env";
import { log } from "../log";
import { languageOf } from "../messaging/body";
import { TEMPLATES, type Language } from "../messaging/templates";
import { callAnswer, messageAnswer } from "../messaging/twiml";
import { confirmReply } from "./confirm-reply";
import { countryOf } from "./recipient";

/** What we read of Twilio's inbound message. */
export interface InboundMessage {
  MessageSid: string;
  From: string;
  To: string;
  Body: string;
  MessagingServiceSid?: string;
}

/** What we read of Twilio's inbound call. */
export interface InboundCall {
  CallSid: string;
  From: string;
  To: string;
  /** What Twilio found of the caller's signed identity (STIR/SHAKEN); absent outside the networks that sign. */
  StirVerstat?: string;
}

/** Words Twilio answers by itself, by law and by default: a second answer of ours would be noise. */
const LEFT_TO_TWILIO = new Set(
  "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START UNSTOP HELP INFO".split(" "),
);

const YES = new Set<string>(Object.values(TEMPLATES).flatMap(({ yes }) => [...yes]));

/**
 * Takes an inbound message: a yes confirms, in any of our languages.
 *
 * @returns TwiML
 */
export async function answerMessage(message: InboundMessage): Promise<string> {
  const { MessageSid: sid, From: from, To: to, MessagingServiceSid: service } = message;
  const word = message.Body.normalize("NFC")
    .trim()
    // Looked for from its beginning only: from each of its marks, a long row of them would take time by its square.
    .replace(/(?<![.!¡。।])[.!¡。।]+$/u, "")
    .trim()
    .toUpperCase();
  if (LEFT_TO_TWILIO.has(word)) return messageAnswer();
  const words = TEMPLATES[languageOfNumber(from)];
  if (!YES.has(word)) return messageAnswer(words.notUnderstood);
  const confirmed = await confirmReply({ sid, from, senders: senders(to, service) });
  return messageAnswer(confirmed ? words.thanks : words.nothingToConfirm);
}

/**
 * Takes an inbound call: calling is saying yes, unless the network found the caller's number to be forged.
 *
 * @returns TwiML
 */
export async function answerCall({
  CallSid: sid,
  From: from,
  To: to,
  StirVerstat: verstat,
}: InboundCall): Promise<string> {
  const language = languageOfNumber(from);
  const words = TEMPLATES[language];
  if (verstat?.includes("Failed")) {
    log().warn({ sid, verstat }, "call with a forged number");
    return callAnswer(words.nothingToConfirm, language);
  }
  const confirmed = await confirmReply({ sid, from, senders: senders(to) });
  return callAnswer(confirmed ? words.thanks : words.nothingToConfirm, language);
}

/** By which of our senders a message may have gone out: a service picks its number itself, and no call names the service. */
function senders(to: string, service = env().TWILIO_MESSAGING_SERVICE_SID): string[] {
  return service ? [to, service] : [to];
}

function languageOfNumber(number: string): Language {
  return languageOf(null, countryOf(number));
}
