/**
 * What programs are told of a verification, its messages and its checks.
 */
import { z } from "zod";
import { ACTION_NAMES } from "../../terms/actions";
import { MESSAGE_STATUS_NAMES, VERIFICATION_STATUSES } from "../../terms/statuses";

const moment = (description: string) => z.date().meta({ description });

const verificationFields = {
  id: z.uuid(),
  status: z.enum(VERIFICATION_STATUSES),
  action: z.enum(ACTION_NAMES),
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
    messageId: z.uuid().meta({
      description:
        "Our id of the message this call sent; of a test number, the verification's, since nothing is sent.",
    }),
    messageSid: z
      .string()
      .nullable()
      .meta({ description: "Twilio's SID of it; null when Twilio's answer was lost, and of a test number." }),
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
    id: z.uuid(),
    sid: z.string().nullable(),
    attempt: z.int().meta({ description: "Which message of the verification it is, from 1." }),
    status: z.enum([...MESSAGE_STATUS_NAMES, "requested", "refused", "unknown"]).meta({
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
    deniedAt: moment(
      "When the recipient of a link answered that it was not them who asked; the verification is canceled then.",
    ).nullable(),
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
