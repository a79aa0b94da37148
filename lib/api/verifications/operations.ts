/**
 * Verifications: to start one, to read, resend and cancel it, and to check what came back.
 */
import { z } from "zod";
import type { ProblemCode } from "../../errors";
import type { Operation } from "../../http/operation";
import { ACTION_NAMES, ACTIONS } from "../../terms/actions";
import { CheckResultBody, SentMessageBody, VerificationBody } from "./bodies";
import {
  clientIp,
  Code,
  deviceId,
  IdempotencyKey,
  LanguageTag,
  NewPassword,
  PhoneNumber,
  RedirectUrl,
  TemporaryPassword,
  VerificationId,
} from "./inputs";

const tasks = ACTION_NAMES.map((action) => ACTIONS[action].task);

const StartVerificationBody = z
  .strictObject({
    to: PhoneNumber,
    action: z
      .enum(ACTION_NAMES)
      .default("code")
      .meta({
        description: `What the recipient must do: ${tasks.slice(0, -1).join(", ")}, or ${tasks.at(-1)}.`,
      }),
    locale: LanguageTag,
    redirectUrl: RedirectUrl.optional(),
    clientIp: clientIp(
      "The end user's address. Messages and wrong codes are limited by it; without it, only by what all may do together.",
    ),
    deviceId: deviceId(),
  })
  .refine(({ action, redirectUrl }) => !redirectUrl || action === "link", {
    path: ["redirectUrl"],
    error: "belongs to the action link only",
  });

const CheckersDevice = deviceId(" Without it, the start's counts.");

const CheckersIp = clientIp("The end user's address, where it may be another than at the start.");

const CheckVerificationBody = z.strictObject({
  code: Code,
  clientIp: CheckersIp,
  deviceId: CheckersDevice,
});

const ResetPasswordBody = z.strictObject({
  temporaryPassword: TemporaryPassword,
  newPassword: NewPassword,
  clientIp: CheckersIp,
  deviceId: CheckersDevice,
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

export const startVerificationOperation = {
  method: "POST",
  path: "/api/verifications",
  id: "startVerification",
  summary: "Start a verification: send the first message",
  description:
    "It signs nobody in on our own pages, whatever its action: what follows from an approval is the program's. A link is confirmed by a person who opens it.",
  caller: "key",
  headers: IdempotencyKey,
  body: StartVerificationBody,
  answers: { 201: { description: "The message is on its way.", schema: SentMessageBody } },
  problems: [
    "destination_refused",
    "resend_too_soon",
    "rate_limited",
    "too_many_starts",
    "request_in_flight",
    "idempotency_key_reused",
    ...SEND_FAULTS,
  ],
} as const satisfies Operation;

export const readVerificationOperation = {
  method: "GET",
  path: "/api/verifications/{id}",
  id: "readVerification",
  summary: "Read a verification, with its messages and their statuses",
  caller: "key",
  params: VerificationId,
  answers: { 200: { description: "The verification.", schema: VerificationBody } },
  problems: [],
} as const satisfies Operation;

export const cancelVerificationOperation = {
  method: "DELETE",
  path: "/api/verifications/{id}",
  id: "cancelVerification",
  summary: "Cancel a pending verification",
  caller: "key",
  params: VerificationId,
  answers: { 200: { description: "It is canceled.", schema: VerificationBody } },
  problems: ["already_used", "expired", "not_pending"],
} as const satisfies Operation;

export const resendVerificationOperation = {
  method: "POST",
  path: "/api/verifications/{id}/messages",
  id: "resendVerification",
  summary: "Send another message, with a code of its own",
  description:
    "The three newest codes of a verification stay valid until it expires; the one that comes back says which message converted.",
  caller: "key",
  params: VerificationId,
  headers: IdempotencyKey,
  answers: { 201: { description: "The message is on its way.", schema: SentMessageBody } },
  problems: [
    "request_in_flight",
    "idempotency_key_reused",
    "not_pending",
    "expired",
    "expires_soon",
    "destination_refused",
    "resend_too_soon",
    "rate_limited",
    "too_many_starts",
    "max_sends_reached",
    ...SEND_FAULTS,
  ],
} as const satisfies Operation;

export const checkVerificationOperation = {
  method: "POST",
  path: "/api/verifications/{id}/checks",
  id: "checkVerification",
  summary: "Check a code",
  description:
    "The same wrong code again costs nothing, and is told the same. The same right code, with the same API key, is approved again for a minute, in case the first answer was lost; with an `Idempotency-Key` for 24 hours.",
  caller: "key",
  params: VerificationId,
  headers: IdempotencyKey,
  body: CheckVerificationBody,
  answers: { 200: { description: "The code was evaluated.", schema: CheckResultBody } },
  problems: [...CHECK_PROBLEMS, "idempotency_key_reused"],
} as const satisfies Operation;

export const resetPasswordOperation = {
  method: "POST",
  path: "/api/verifications/{id}/password",
  id: "resetPassword",
  summary: "Set a new password with a temporary one",
  description:
    "Ends all sessions of the number's account, and tells the number by a text. A number without an account gets one. The same request again is approved again for a minute, in case the first answer was lost.",
  caller: "key",
  params: VerificationId,
  body: ResetPasswordBody,
  answers: { 200: { description: "The temporary password was evaluated.", schema: CheckResultBody } },
  problems: CHECK_PROBLEMS,
} as const satisfies Operation;
