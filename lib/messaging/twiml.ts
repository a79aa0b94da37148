/**
 * TwiML: what Twilio is to answer to an inbound message or call.
 */
import twilio from "twilio";
import type { Language } from "./templates";

/** Answers a message with another one; without a text, with nothing. */
export function messageAnswer(text?: string): string {
  const response = new twilio.twiml.MessagingResponse();
  if (text) response.message(text);
  return response.toString();
}

/** The languages Twilio's basic voices speak; Arabic and Hindi need one of Amazon's, Indonesian one of Google's. */
const VOICES = {
  en: { language: "en-US" },
  es: { language: "es-ES" },
  fr: { language: "fr-FR" },
  de: { language: "de-DE" },
  pt: { language: "pt-BR" },
  ar: { language: "arb", voice: "Polly.Zeina" },
  hi: { language: "hi-IN", voice: "Polly.Aditi" },
  id: { language: "id-ID", voice: "Google.id-ID-Standard-A" },
} as const satisfies Record<Language, object>;

/** Says something and hangs up. */
export function callAnswer(text: string, language: Language): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(VOICES[language], text);
  response.hangup();
  return response.toString();
}
