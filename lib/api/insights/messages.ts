import { z } from "zod";
import type { Operation } from "../../http/operation";
import { limitOf, single } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { MOST_MESSAGES } from "../../insights/asking/reach";
import { placeIn } from "../../insights/reports/messages";
import { ACTION_NAMES } from "../../terms/actions";
import { CHANNEL_NAMES } from "../../terms/channels";
import { MOST_FOUND } from "../../terms/limits";
import {
  CHECK_VERDICTS,
  FEEDBACK_STATE_NAMES,
  MESSAGE_STATUS_NAMES,
  OUTCOME_NAMES,
} from "../../terms/statuses";
import { readMessageKey } from "./search-key";
import { answering, report } from "./parameters";
import { count, moment, RangeBody } from "./rows";

const LoggedMessageBody = z
  .object({
    id: z.uuid(),
    verificationId: z.uuid().nullable().meta({
      description: "For operators and programs with a key; null for others, who read an open dashboard.",
    }),
    sid: z.string().nullable(),
    to: z.string().meta({ description: "With its last three digits masked." }),
    country: z.string(),
    network: z.string().nullable(),
    block: z.string(),
    action: z.enum(ACTION_NAMES),
    sender: z.string().meta({ description: "The number, name or Messaging Service it was sent from." }),
    channel: z.enum(CHANNEL_NAMES),
    sentFrom: z.string().nullable().meta({
      description: "The number that Twilio’s callback names, where a Messaging Service picked it.",
    }),
    locale: z.string().nullable().meta({
      description: "The language it is written in; null where that was not kept.",
    }),
    attempt: count,
    status: z.enum(MESSAGE_STATUS_NAMES).nullable(),
    outcome: z.enum(OUTCOME_NAMES),
    errorCode: z.int().nullable(),
    errorWords: z.string().nullable(),
    requestedAt: moment,
    acceptedAt: moment.nullable(),
    sentAt: moment.nullable(),
    deliveredAt: moment.nullable(),
    failedAt: moment.nullable(),
    refusedAt: moment.nullable(),
    confirmedAt: moment.nullable(),
    late: z.boolean(),
    price: z.number().nullable(),
    priceUnit: z.string().nullable(),
    segments: z.int().nullable(),
    feedback: z
      .object({
        state: z.enum(FEEDBACK_STATE_NAMES),
        reportedAt: moment.nullable(),
        tries: count,
        error: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "LoggedMessage" });

export const insightsMessages = {
  ...report,
  path: "/api/insights/messages",
  id: "insightsMessages",
  summary: "The message log, newest first",
  description: "As CSV it goes on from `cursor` to the end of the range, whatever `limit` is.",
  query: queryOf({
    limit: limitOf(1, 200).default(50),
    cursor: single(
      z
        .string()
        .max(200)
        .refine((cursor) => placeIn(cursor) !== undefined, "must be a nextCursor of this report"),
    ).optional(),
  }),
  answers: answering(
    "A page of messages.",
    z.object({
      range: RangeBody,
      rows: z.array(LoggedMessageBody),
      nextCursor: z.string().nullable(),
      matches: count.nullable().meta({
        description: `How many there are on all pages. Null on later pages, and where more than ${MOST_MESSAGES} messages would have to be looked at.`,
      }),
    }),
  ),
} as const satisfies Operation;

export const insightsMessage = {
  ...report,
  path: "/api/insights/messages/{id}",
  id: "insightsMessage",
  summary: "One message: how it came to be what it is",
  description:
    "What its page shows: the other messages of its verification, the checks that were evaluated, Twilio's callbacks.",
  params: z.object({ id: z.uuid() }),
  answers: answering(
    "The message.",
    z.object({
      message: LoggedMessageBody,
      others: z.array(LoggedMessageBody).meta({ description: "Of its verification, newest first." }),
      checks: z
        .array(
          z.object({
            at: moment,
            verdict: z.enum(CHECK_VERDICTS),
            messageId: z.uuid().nullable().meta({ description: "Whose secret it was; null of a wrong one." }),
          }),
        )
        .meta({ description: "Of its verification, the first one first." }),
      callbacks: z
        .array(z.object({ receivedAt: moment, parameters: z.record(z.string(), z.string()) }))
        .meta({
          description:
            "As Twilio posted them, each once; of the recipient's number the last three digits are masked.",
        }),
    }),
  ),
  problems: ["not_found", "too_many_reports", "reports_busy"],
} as const satisfies Operation;

/** What finds messages and belongs into no address. */
const Key = z
  .string()
  .max(200)
  .transform((text, context) => {
    const reading = readMessageKey(text);
    if (reading.ok) return reading.key;
    context.addIssue({ code: "custom", message: reading.why });
    return z.NEVER;
  })
  .meta({
    description: "A whole number, a message's SID or id, or a verification's id.",
    example: "SM0123456789abcdef0123456789abcdef",
  });

export const findMessagesOperation = {
  method: "POST",
  path: "/api/insights/messages/search",
  id: "insightsMessagesSearch",
  summary: "Find messages by a number, a SID or a verification",
  description: `The newest ${MOST_FOUND}, of all time. For programs with a key and, on the page, for operators.`,
  caller: "key",
  body: z.object({ key: Key }),
  answers: answering("The messages.", z.object({ rows: z.array(LoggedMessageBody) })),
  problems: ["invalid_request", "too_many_reports", "reports_busy"],
} as const satisfies Operation;
