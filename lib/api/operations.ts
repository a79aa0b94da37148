/**
 * The API's operations: what each takes, answers and refuses. The Zod schemas here are the ones that validate requests and
 * the ones the OpenAPI document is made from, so the two cannot differ.
 */
import { z } from "zod";
import type { ProblemCode } from "../errors";
import { INSIGHTS_OPERATIONS } from "./insights-operations";
import { PASSWORD_LENGTH, passwordFault } from "../account/password";
import { env } from "../env";
import { TEMPORARY_PASSWORD } from "../terms/limits";
import { normalizeCode, normalizePassword } from "../verification/secrets";
import { parseRecipient } from "../verification/recipient";
import { MessageStatus, TrackedAction, VerificationStatus } from "@/prisma/generated/enums";

export interface Operation {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With parameters as `{name}`. */
  path: string;
  /** The OpenAPI operationId. */
  id: string;
  summary: string;
  description?: string;
  /** Who may call: programs with a bearer key; those and whoever may see the dashboard; Twilio by its signature; or anyone. */
  caller: "key" | "reader" | "twilio" | "anyone";
  params?: z.ZodObject;
  /** Takes each parameter as a text, or as an array of them when it comes several times. */
  query?: z.ZodType;
  headers?: z.ZodObject;
  body?: z.ZodObject;
  answers: Record<number, { description: string; schema?: z.ZodType }>;
  /** What this operation itself may refuse with; the frame's problems are added to it. */
  problems: readonly ProblemCode[];
}

const PhoneNumber = z
  .string()
  .transform((text, context) => {
    const reading = parseRecipient(text);
    if (reading.ok) return reading.recipient;
    context.addIssue({ code: "custom", message: reading.why });
    return z.NEVER;
  })
  .meta({
    description: "A mobile number in international form. Spaces, dashes and brackets are ignored.",
    example: "+12015550123",
  });

const Code = z
  .string()
  .max(40)
  .transform(normalizeCode)
  .refine((code) => /^\d{4,10}$/.test(code), "must be the digits of the code, 4 to 10 of them")
  .meta({
    description: "The code as the user typed it; spaces and dashes are ignored.",
    example: "482 913",
  });

const TemporaryPassword = z
  .string()
  .max(80)
  .transform(normalizePassword)
  .refine((password) => TEMPORARY_PASSWORD.test(password), "must be the three words from the message")
  .meta({
    description: "As the user typed it; spaces, dashes and case are ignored.",
    example: "kuda moti rabe",
  });

const { least, most } = PASSWORD_LENGTH;

const NewPassword = z
  .string()
  .refine((password) => passwordFault(password) === null, `must have ${least} to ${most} characters`)
  .meta({
    minLength: least,
    maxLength: most,
    description: "Any characters; there are no rules of composition.",
  });

/** A confirmed link leads nowhere a stranger could choose. */
const RedirectUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL", abort: true })
  .max(2000)
  .refine((url) => {
    const { REDIRECT_ORIGINS, PUBLIC_BASE_URL } = env();
    return [...REDIRECT_ORIGINS, PUBLIC_BASE_URL].includes(new URL(url).origin);
  }, "must be on an origin that REDIRECT_ORIGINS names")
  .meta({
    description: "Of the action `link`: where a confirmed link leads to.",
    example: "https://app.example/welcome",
  });

const Id = z.uuid();

const VerificationId = z.object({
  id: Id.meta({ description: "The verification's id.", example: "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10" }),
});

const IdempotencyKey = z.object({
  "Idempotency-Key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters")
    .optional()
    .meta({
      description:
        "Makes the request safe to repeat for 24 hours: a repeat sends nothing and answers with the same verification.",
    }),
});

const clientIp = (description: string) =>
  z
    .union([z.ipv4(), z.ipv6()], "must be an IPv4 or IPv6 address")
    .optional()
    .meta({ description, example: "203.0.113.7" });

const StartVerificationBody = z
  .strictObject({
    to: PhoneNumber,
    action: z.enum(TrackedAction).default("code").meta({
      description:
        "What the recipient must do: type the `code`, open the `link`, set a new password with the `temporary_password`, or `reply` YES by message or call.",
    }),
    locale: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, "must be a language tag such as en or pt-BR")
      .optional()
      .meta({
        description:
          "The language of the message (BCP 47); without it, the one most spoken in the number's country.",
        example: "en",
      }),
    redirectUrl: RedirectUrl.optional(),
    clientIp: clientIp(
      "The end user's address. Messages and wrong codes are limited by it; without it, only by what all may do together.",
    ),
  })
  .refine(({ action, redirectUrl }) => !redirectUrl || action === "link", {
    path: ["redirectUrl"],
    error: "belongs to the action link only",
  });

const CheckersIp = clientIp("The end user's address, where it may be another than at the start.");

const CheckVerificationBody = z.strictObject({ code: Code, clientIp: CheckersIp });

const ResetPasswordBody = z.strictObject({
  temporaryPassword: TemporaryPassword,
  newPassword: NewPassword,
  clientIp: CheckersIp,
});

const moment = (description: string) => z.date().meta({ description });

const verificationFields = {
  id: Id,
  status: z.enum(VerificationStatus),
  action: z.enum(TrackedAction),
  to: z.string().meta({ description: "E.164." }),
  country: z.string().length(2).meta({ description: "The destination: ISO 3166-1 alpha-2." }),
  expiresAt: moment("When the codes of all its messages stop working."),
  resendAfter: moment(
    "When the next message may be asked for; null when none will be sent any more.",
  ).nullable(),
  checksLeft: z.int().meta({ description: "How many wrong codes it still takes." }),
};

export const SentMessageBody = z
  .object({
    ...verificationFields,
    messageId: Id.meta({ description: "Our id of the message this call sent." }),
    messageSid: z
      .string()
      .nullable()
      .meta({ description: "Twilio's SID of it; null when Twilio's answer was lost." }),
  })
  .meta({ id: "SentMessage" });

const FeedbackBody = z
  .object({
    state: z.enum(["pending", "reported", "refused"]),
    tries: z.int(),
    error: z.string().nullable().meta({ description: "Why the last try failed: Twilio's code, or a word." }),
    reportedAt: moment("When Twilio took it.").nullable(),
  })
  .meta({
    id: "Feedback",
    description: "Message Feedback `confirmed`, which is due once the code came back.",
  });

const MessageBody = z
  .object({
    id: Id,
    sid: z.string().nullable(),
    attempt: z.int().meta({ description: "Which message of the verification it is, from 1." }),
    status: z.enum([...Object.values(MessageStatus), "requested", "refused", "unknown"]).meta({
      description:
        "Twilio's delivery status; without a SID: `requested`, `refused` by Twilio, or `unknown` when its answer was lost.",
    }),
    errorCode: z.int().nullable().meta({ description: "Twilio's code of a refusal or a failed delivery." }),
    requestedAt: moment("When it was asked for; it is counted in this moment's bucket."),
    acceptedAt: moment("When Twilio took it.").nullable(),
    sentAt: moment("When the carrier took it.").nullable(),
    deliveredAt: moment("When the handset had it.").nullable(),
    failedAt: moment("When Twilio gave it up.").nullable(),
    confirmedAt: moment("When its own code came back right.").nullable(),
    late: z
      .boolean()
      .meta({ description: "Confirmed after expiry: reported to Twilio, but nobody was let in." }),
    price: z
      .string()
      .nullable()
      .meta({ description: "As Twilio writes it; null until Twilio has settled it." }),
    priceUnit: z.string().nullable().meta({ description: "ISO 4217." }),
    segments: z.int().nullable(),
    feedback: FeedbackBody.nullable(),
  })
  .meta({ id: "Message" });

export const VerificationBody = z
  .object({
    ...verificationFields,
    redirectUrl: z.string().nullable().meta({ description: "Where a confirmed link leads to." }),
    createdAt: moment("When it was started."),
    approvedAt: moment("When a right code came back in time.").nullable(),
    messages: z.array(MessageBody),
  })
  .meta({ id: "Verification" });

export const CheckResultBody = z
  .union([
    z.object({ status: z.literal("approved"), messageSid: z.string().nullable() }),
    z.object({ status: z.literal("pending"), checksLeft: z.int() }),
    z.object({ status: z.literal("max_checks_reached"), checksLeft: z.literal(0) }),
  ])
  .meta({
    id: "CheckResult",
    description:
      "`approved`, with the message whose code it was; `pending`: wrong, with tries left; `max_checks_reached`: wrong, and the last try.",
  });

const CHECK_PROBLEMS: readonly ProblemCode[] = [
  "expired",
  "max_checks_reached",
  "check_delayed",
  "already_used",
  "canceled",
  "wrong_action",
];

const SEND_FAULTS: ProblemCode[] = ["send_failed", "send_unknown"];

export const startVerification = {
  method: "POST",
  path: "/api/verifications",
  id: "startVerification",
  summary: "Start a verification: send the first message",
  caller: "key",
  headers: IdempotencyKey,
  body: StartVerificationBody,
  answers: { 201: { description: "The message is on its way.", schema: SentMessageBody } },
  problems: [
    "destination_refused",
    "resend_too_soon",
    "too_many_starts",
    "request_in_flight",
    "idempotency_key_reused",
    ...SEND_FAULTS,
  ],
} as const satisfies Operation;

export const readVerification = {
  method: "GET",
  path: "/api/verifications/{id}",
  id: "readVerification",
  summary: "Read a verification, with its messages and their statuses",
  caller: "key",
  params: VerificationId,
  answers: { 200: { description: "The verification.", schema: VerificationBody } },
  problems: [],
} as const satisfies Operation;

export const cancelVerification = {
  method: "DELETE",
  path: "/api/verifications/{id}",
  id: "cancelVerification",
  summary: "Cancel a pending verification",
  caller: "key",
  params: VerificationId,
  answers: { 200: { description: "It is canceled.", schema: VerificationBody } },
  problems: ["already_used", "expired", "not_pending"],
} as const satisfies Operation;

export const resendVerification = {
  method: "POST",
  path: "/api/verifications/{id}/messages",
  id: "resendVerification",
  summary: "Send another message, with a code of its own",
  description:
    "The three newest codes of a verification stay valid until it expires; the one that comes back says which message converted.",
  caller: "key",
  params: VerificationId,
  answers: { 201: { description: "The message is on its way.", schema: SentMessageBody } },
  problems: [
    "not_pending",
    "expired",
    "expires_soon",
    "destination_refused",
    "resend_too_soon",
    "too_many_starts",
    "max_sends_reached",
    ...SEND_FAULTS,
  ],
} as const satisfies Operation;

export const checkVerification = {
  method: "POST",
  path: "/api/verifications/{id}/checks",
  id: "checkVerification",
  summary: "Check a code",
  caller: "key",
  params: VerificationId,
  body: CheckVerificationBody,
  answers: { 200: { description: "The code was evaluated.", schema: CheckResultBody } },
  problems: CHECK_PROBLEMS,
} as const satisfies Operation;

export const resetPassword = {
  method: "POST",
  path: "/api/verifications/{id}/password",
  id: "resetPassword",
  summary: "Set a new password with a temporary one",
  description: "Ends all sessions of the number's account. A number without an account gets one.",
  caller: "key",
  params: VerificationId,
  body: ResetPasswordBody,
  answers: { 200: { description: "The temporary password was evaluated.", schema: CheckResultBody } },
  problems: CHECK_PROBLEMS,
} as const satisfies Operation;

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
  params: z.object({ messageId: Id }),
} as const satisfies Operation;

export const statusCallbackBySid = {
  ...statusCallbackBase,
  path: "/api/twilio/status",
  id: "statusCallbackBySid",
} as const satisfies Operation;

/** TwiML, which is XML; the document does not describe it further. */
const TWIML = { 200: { description: "TwiML: what Twilio is to answer." } };

const PhoneOrName = z.string().min(1).max(40);

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
    Body: z.string().default(""),
    MessagingServiceSid: z.string().optional(),
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
    StirVerstat: z.string().optional(),
  }),
  answers: TWIML,
  problems: [],
} as const satisfies Operation;

export const livez = {
  method: "GET",
  path: "/api/livez",
  id: "livez",
  summary: "Whether the process answers",
  caller: "anyone",
  answers: { 200: { description: "It does.", schema: z.object({ status: z.literal("ok") }) } },
  problems: [],
} as const satisfies Operation;

export const readyz = {
  method: "GET",
  path: "/api/readyz",
  id: "readyz",
  summary: "Whether the service can do its work: the database answers and all migrations are applied",
  caller: "anyone",
  answers: {
    200: {
      description: "It can.",
      schema: z.object({ status: z.literal("ok"), database: z.literal("ok"), migrations: z.literal("ok") }),
    },
  },
  problems: ["unavailable"],
} as const satisfies Operation;

export const openApi = {
  method: "GET",
  path: "/api/openapi.json",
  id: "openApi",
  summary: "This document",
  caller: "key",
  answers: { 200: { description: "OpenAPI 3.1.", schema: z.looseObject({ openapi: z.string() }) } },
  problems: [],
} as const satisfies Operation;

/** All of them, in the document's order. */
export const OPERATIONS: readonly Operation[] = [
  startVerification,
  readVerification,
  cancelVerification,
  resendVerification,
  checkVerification,
  resetPassword,
  statusCallback,
  statusCallbackBySid,
  inboundMessage,
  inboundCall,
  livez,
  readyz,
  openApi,
  ...INSIGHTS_OPERATIONS,
];
