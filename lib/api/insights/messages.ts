import { z } from "zod";
import type { Operation } from "../../http/operation";
import { limitOf, single } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { placeIn } from "../../insights/reports/messages";
import { ACTION_NAMES } from "../../terms/actions";
import { FEEDBACK_STATE_NAMES, MESSAGE_STATUS_NAMES, OUTCOME_NAMES } from "../../terms/statuses";
import { answering, report } from "./parameters";
import { count, moment, RangeBody } from "./rows";

const MessageBody = z
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
    z.object({ range: RangeBody, rows: z.array(MessageBody), nextCursor: z.string().nullable() }),
  ),
} as const satisfies Operation;
