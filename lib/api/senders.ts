/** What messages may be sent from. */
import { z } from "zod";
import type { Operation } from "../http/operation";
import { Country } from "../insights/asking/parameters";
import { readSenderOf } from "../settings/sender";
import { CHANNEL_NAMES } from "../terms/channels";
import { moment } from "./insights/rows";
import { Author } from "./protection/inputs";

const MOST_LABEL = 100;

const ChannelName = z.enum(CHANNEL_NAMES, `must be one of ${CHANNEL_NAMES.join(", ")}`);

const address = z.string().max(100).meta({
  description:
    "A number, a name, a short code or a Messaging Service's SID; of WhatsApp a number, which is kept as `whatsapp:+…`, or a service.",
  example: "+15005550006",
});

const label = z
  .string()
  .trim()
  .min(1, "must say what people call it")
  .max(MOST_LABEL)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "must be one line of plain text")
  .meta({ description: "What people call it.", example: "Indonesia, local" });

const fields = {
  address,
  channel: ChannelName,
  label,
  countries: z.array(Country).max(250).meta({ description: "Those it may serve; none means all." }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be a currency's code such as USD")
    .nullable()
    .meta({ description: "Of its prices; null where that is not known.", example: "USD" }),
  contentSid: z
    .string()
    .regex(/^HX[0-9a-f]{32}$/i, "must be a content template's SID, HX and 32 digits")
    .nullable()
    .meta({
      description:
        "Of WhatsApp: the approved authentication template, whose variable 1 is the code. Without one nothing goes by this sender.",
    }),
  active: z.boolean().meta({
    description: "One that is off sends nothing; the configured one still does where no other may.",
  }),
};

/** What a sender is made and changed by. */
const SenderSettingsBody = z
  .strictObject({
    ...fields,
    countries: fields.countries.default([]).transform((countries) => [...new Set(countries)].sort()),
    currency: fields.currency.default(null),
    contentSid: fields.contentSid.default(null),
    active: fields.active.default(true),
    author: Author,
  })
  .superRefine(({ address: text, channel, contentSid }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const reading = readSenderOf(channel, text);
    if ("why" in reading) wrong("address", reading.why);
    if (channel !== "whatsapp" && contentSid !== null)
      wrong("contentSid", "is for the channel whatsapp only");
  })
  .meta({ id: "NewSender" });

const settings = z.object(fields);

const SenderBody = settings
  .extend({
    id: z.uuid(),
    configured: z.boolean().meta({ description: "Whether it is the one in the configuration." }),
    createdAt: moment,
  })
  .meta({ id: "Sender", description: "What messages may be sent from." });

const params = z.object({ id: z.uuid() });

export const listSenders = {
  method: "GET",
  path: "/api/senders",
  id: "listSenders",
  summary: "What messages may be sent from",
  caller: "operator",
  answers: {
    200: {
      description: "In the order in which the first that may serve is taken: the configured one, the oldest.",
      schema: z.object({ rows: z.array(SenderBody) }),
    },
  },
  problems: [],
} as const satisfies Operation;

export const createSender = {
  method: "POST",
  path: "/api/senders",
  id: "createSender",
  summary: "Add a sender",
  description: "It may send from the next message on, in every process.",
  caller: "operator",
  body: SenderSettingsBody,
  answers: { 201: { description: "It is there.", schema: SenderBody } },
  problems: ["sender_exists"],
} as const satisfies Operation;

export const readSenderOperation = {
  method: "GET",
  path: "/api/senders/{id}",
  id: "readSender",
  summary: "A sender",
  caller: "operator",
  params,
  answers: { 200: { description: "As it is now.", schema: SenderBody } },
  problems: ["not_found"],
} as const satisfies Operation;

export const changeSenderOperation = {
  method: "PUT",
  path: "/api/senders/{id}",
  id: "changeSender",
  summary: "Change a sender",
  description: "All of it but its address and channel, which its messages are known by.",
  caller: "operator",
  params,
  body: SenderSettingsBody,
  answers: { 200: { description: "As it is now.", schema: SenderBody } },
  problems: ["not_found"],
} as const satisfies Operation;

export const deleteSender = {
  method: "DELETE",
  path: "/api/senders/{id}",
  id: "deleteSender",
  summary: "Take a sender away",
  description: "Its messages, and what they count for, stay.",
  caller: "operator",
  params,
  answers: { 204: { description: "It is gone." } },
  problems: ["not_found", "sender_configured"],
} as const satisfies Operation;

export const listSenderChanges = {
  method: "GET",
  path: "/api/senders/changes",
  id: "listSenderChanges",
  summary: "Who changed what of the senders",
  caller: "operator",
  answers: {
    200: {
      description: "The newest 200, the newest first.",
      schema: z.object({
        rows: z.array(
          z.object({
            id: z.uuid(),
            senderId: z.uuid(),
            at: moment,
            author: z.string(),
            before: settings.nullable().meta({ description: "Null of a new one." }),
            after: settings.nullable().meta({ description: "Null of one that is gone." }),
          }),
        ),
      }),
    },
  },
  problems: [],
} as const satisfies Operation;
