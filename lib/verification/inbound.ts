/**
 * What people send back: inbound messages and calls, and what they are answered.
 */
import { env } from "../env";
import { log } from "../log";
import { languageOf } from "../messaging/body";
import { TEMPLATES } from "../messaging/templates";
import { callAnswer, messageAnswer } from "../messaging/twiml";
import { isRefusedCountry } from "../protection/destinations";
import { answerTo, noteInbound } from "./answer-reply";
import { confirmReply } from "./confirm-reply";
import { countryOf, parseRecipient } from "./recipient";
import { readReply } from "./reply-text";

/** What we read of Twilio's inbound message; what it does not say is empty. */
export interface InboundMessage {
  MessageSid: string;
  From: string;
  To: string;
  Body: string;
  MessagingServiceSid: string;
  /** STOP, START or HELP, where Twilio's Advanced Opt-Out took the message for one. */
  OptOutType: string;
}

/** What we read of Twilio's inbound call; what it does not say is empty. */
export interface InboundCall {
  CallSid: string;
  From: string;
  To: string;
  /** What Twilio found of the caller's signed identity (STIR/SHAKEN); only from the networks that sign. */
  StirVerstat: string;
}

/** Twilio's identifiers. Without one, what is delivered twice cannot be told, so it is not acted on. */
const SID = /^(SM|MM|CA)[0-9a-f]{32}$/i;

/**
 * Takes an inbound message: a yes confirms, in any of our languages. Delivered again, it gets the answer it got.
 *
 * Who cannot get our messages is not answered either, such as a short code, a name or a premium number.
 *
 * @returns TwiML
 */
export async function answerMessage(message: InboundMessage): Promise<string> {
  const { MessageSid: sid, From: from, To: to, MessagingServiceSid: service } = message;
  const reading = /^\+\d+$/.test(from) ? parseRecipient(from) : undefined;
  if (!SID.test(sid) || !reading?.ok || isTwilios(message.OptOutType)) return messageAnswer();
  const text = readReply(message.Body);
  if (text === "twilio") return messageAnswer();
  const reply = { sid, from: reading.recipient.number, senders: senders(to, service) };
  if (text === "yes") await confirmReply(reply);
  else await noteInbound(sid);
  const { country } = reading.recipient;
  if (isRefusedCountry(country)) return messageAnswer();
  const answer = await answerTo({ ...reply, text });
  return messageAnswer(answer === "none" ? undefined : TEMPLATES[languageOf(null, country)][answer]);
}

/** What Twilio says it has answered itself, whatever the word. START lets messages through again, so the word may be our yes. */
function isTwilios(optOutType: string): boolean {
  return ["STOP", "HELP"].includes(optOutType.trim().toUpperCase());
}

/**
 * Takes an inbound call: calling is saying yes, unless the network found the caller's number to be forged. Words in a call send nothing,
 * so every caller gets some.
 *
 * @returns TwiML
 */
export async function answerCall({
  CallSid: sid,
  From: from,
  To: to,
  StirVerstat: verstat,
}: InboundCall): Promise<string> {
  const language = languageOf(null, countryOf(from));
  const words = TEMPLATES[language];
  const forged = verstat.includes("Failed");
  if (forged) log().warn({ sid, verstat: verstat.slice(0, 100) }, "call with a forged number");
  const confirmed = SID.test(sid) && !forged && (await confirmReply({ sid, from, senders: senders(to) }));
  return callAnswer(confirmed ? words.thanks : words.nothingToConfirm, language);
}

/** By which of our senders a message may have gone out: a service picks its number itself, and no call names the service. */
function senders(to: string, service = ""): string[] {
  const ours = service || env().TWILIO_MESSAGING_SERVICE_SID;
  return ours ? [to, ours] : [to];
}
