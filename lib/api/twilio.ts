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

const PhoneOrName = z.string().min(1).max(40);

/** More than any channel's message has: an SMS 1,600 characters, a WhatsApp message 4,096. */
const LONGEST_BODY = 5_000;

export const inboundMessage = {
  method: "POST",
  path: "/api/twilio/messages",
  id: "inboundMessage",
  summary: "Twilio's webhook for an inbound message: a reply",
  caller: "twilio",
  body: z.looseObject({
    MessageSid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i),
    From: PhoneOrName,
    To: PhoneOrName,
    Body: z.string().max(LONGEST_BODY).default(""),
    MessagingServiceSid: z.string().max(40).optional(),
  }),
  answers: TWIML,
  problems: [],
} as const satisfies Operation;

export const inboundCall = {
  method: "POST",
  path: "/api/twilio/calls",
  id: "inboundCall",
  summary: "Twilio's webhook for an inbound call: a reply",
  caller: "twilio",
  body: z.looseObject({
    CallSid: z.string().regex(/^CA[0-9a-f]{32}$/i),
    From: PhoneOrName,
    To: PhoneOrName,
    StirVerstat: z.string().max(100).optional(),
  }),
  answers: TWIML,
  problems: [],
} as const satisfies Operation;
