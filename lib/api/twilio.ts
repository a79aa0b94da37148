/**
 * Twilio's webhooks.
 */
import { z } from "zod";
import type { Operation } from "../http/operation";

const StatusCallbackBody = z
  .looseObject({
    MessageSid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i),
    MessageStatus: z.string().min(1),
    ErrorCode: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .optional()
      .catch(undefined),
    From: z.string().min(1).max(100).optional().catch(undefined),
  })
  .meta({ description: "Form-encoded. Fields that are not named here are tolerated." });

/** Twilio may post an unknown id (a message that retention has deleted): that is answered 200, or it would try again. */
const statusCallbackBase = {
  method: "POST",
  summary: "Twilio's status callback",
  caller: "twilio",
  body: StatusCallbackBody,
  answers: { 200: { description: "Recorded, or nothing to record." } },
  problems: [],
} as const;

export const statusCallback = {
  ...statusCallbackBase,
  path: "/api/twilio/status/{messageId}",
  id: "statusCallback",
  params: z.object({ messageId: z.uuid() }),
} as const satisfies Operation;

export const statusCallbackBySid = {
  ...statusCallbackBase,
  path: "/api/twilio/status",
  id: "statusCallbackBySid",
} as const satisfies Operation;

/** TwiML, which is XML; the document does not describe it further. */
const TWIML = { 200: { description: "TwiML: what Twilio is to answer." } };

/** A field of whatever length and kind: of a caller or a channel we know nothing of, people hear Twilio's "application error" otherwise. */
const Field = z.string().default("");

const Sid = Field.meta({ description: "Twilio's; without one of the usual form nothing is done." });

export const inboundMessage = {
  method: "POST",
  path: "/api/twilio/messages",
  id: "inboundMessage",
  summary: "Twilio's webhook for an inbound message: a reply",
  description:
    "A message that is delivered again gets the answer it got before. Answers to one number are bounded as messages are.",
  caller: "twilio",
  takesAnything: true,
  body: z.looseObject({
    MessageSid: Sid,
    From: Field,
    To: Field,
    Body: Field,
    MessagingServiceSid: Field,
    OptOutType: Field.meta({ description: "STOP and HELP: Twilio has answered, and we do not." }),
  }),
  answers: TWIML,
  problems: [],
} as const satisfies Operation;

export const inboundCall = {
  method: "POST",
  path: "/api/twilio/calls",
  id: "inboundCall",
  summary: "Twilio's webhook for an inbound call: a reply",
  description: "A call that is delivered again gets the answer it got before.",
  caller: "twilio",
  takesAnything: true,
  body: z.looseObject({ CallSid: Sid, From: Field, To: Field, StirVerstat: Field }),
  answers: TWIML,
  problems: [],
} as const satisfies Operation;
