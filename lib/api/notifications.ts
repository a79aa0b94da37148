import { z } from "zod";
import { env, isLoopback } from "../env";
import type { Operation } from "../http/operation";
import { isTimeZone } from "../insights/asking/range";
import { EVENT_NAMES, EVENTS, isForPrograms, SEVERITIES, TARGET_KINDS } from "../terms/events";
import { count, moment } from "./insights/rows";

const MOST_URL = 2_000;

/** Where webhooks go, in the clear to this machine only. */
const isReceiver = (url: string) => {
  if (url.length > MOST_URL || !URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  return username === "" && (protocol === "https:" || (protocol === "http:" && isLoopback(hostname)));
};

const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 22:00")
  .meta({ example: "22:00" });

const Quiet = z
  .strictObject({
    from: Clock,
    to: Clock,
    tz: z
      .string()
      .refine(isTimeZone, "must be a time zone such as Europe/Berlin")
      .meta({ example: "Europe/Berlin" }),
  })
  .meta({
    id: "QuietHours",
    description:
      "Then only what is critical is told; the rest comes after. Across midnight where the end is earlier.",
  });

const Kind = z.enum(TARGET_KINDS).meta({
  description:
    "`webhook`: JSON, signed as Standard Webhooks has it. `slack`: an incoming webhook of Slack's, or of what takes the same. `email`: by SMTP_URL.",
});

const Event = z.enum(EVENT_NAMES).meta({
  description: EVENT_NAMES.map((name) => `\`${name}\`: ${EVENTS[name].words}.`).join(" "),
});

const fields = {
  kind: Kind,
  target: z
    .string()
    .meta({ description: "An https URL, or an e-mail address.", example: "https://example.com/otp" }),
  events: z.array(Event),
  minSeverity: z.enum(SEVERITIES).meta({ description: "Of what people are told: what is less is not told." }),
};

/** What a target is made and changed by; the page’s form is read by it, too. */
export const TargetSettings = z
  .strictObject({
    ...fields,
    target: fields.target.trim(),
    events: fields.events.min(1, "must name at least one").transform((events) => [...new Set(events)]),
    minSeverity: fields.minSeverity.default("warning"),
    quiet: Quiet.nullable().default(null),
  })
  .superRefine(({ kind, target, events, quiet }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (kind === "email") {
      if (!env().SMTP_URL || !env().ALERTS_FROM)
        wrong("kind", "needs SMTP_URL and ALERTS_FROM to be configured");
      if (!z.email().safeParse(target).success) wrong("target", "must be an e-mail address");
    } else if (!isReceiver(target)) {
      wrong("target", "must be an https URL without a name or password in it; http only of this machine");
    }
    const unheard = kind === "webhook" ? [] : events.filter(isForPrograms);
    if (unheard.length > 0) wrong("events", `must not have ${unheard.join(" and ")}: webhooks have those`);
    if (quiet && quiet.from === quiet.to) wrong("quiet", "must not begin and end at the same time");
  })
  .meta({ id: "NewNotificationTarget" });

const TargetBody = z
  .object({
    id: z.uuid(),
    ...fields,
    quiet: z.object({ from: z.string(), to: z.string(), tz: z.string() }).nullable(),
    createdAt: moment,
    failures: count.meta({ description: "How many tries in a row failed; 0 where all is well." }),
  })
  .meta({ id: "NotificationTarget", description: "Who is told of what, and how." });

const params = z.object({ id: z.uuid() });

export const listTargets = {
  method: "GET",
  path: "/api/notifications",
  id: "listNotificationTargets",
  summary: "Who is told of what",
  caller: "operator",
  answers: {
    200: { description: "All of them, the oldest first.", schema: z.object({ rows: z.array(TargetBody) }) },
  },
  problems: [],
} as const satisfies Operation;

export const createTarget = {
  method: "POST",
  path: "/api/notifications",
  id: "createNotificationTarget",
  summary: "Have somebody told",
  description:
    "Of what happens from now on. What cannot be delivered is tried for three days, and always with the same `webhook-id`. Where an answer is lost, or we die before it is written down, it comes again, and is known by that.",
  caller: "operator",
  body: TargetSettings,
  answers: {
    201: {
      description: "They will be told.",
      schema: TargetBody.extend({
        secret: z.string().nullable().meta({
          description:
            "What a webhook is signed with, said only here: `whsec_` and Base64. Null of other kinds.",
        }),
      }).meta({ id: "CreatedNotificationTarget" }),
    },
  },
  problems: [],
} as const satisfies Operation;

export const changeTargetOperation = {
  method: "PUT",
  path: "/api/notifications/{id}",
  id: "changeNotificationTarget",
  summary: "Change what somebody is told, or where",
  description:
    "All of it but its kind. What waits is due at once, at the new address, however long it was to wait.",
  caller: "operator",
  params,
  body: TargetSettings,
  answers: { 200: { description: "As it is now.", schema: TargetBody } },
  problems: ["not_found"],
} as const satisfies Operation;

export const deleteTarget = {
  method: "DELETE",
  path: "/api/notifications/{id}",
  id: "deleteNotificationTarget",
  summary: "Tell somebody nothing more",
  description: "What waits for them is gone, and so is what they were told.",
  caller: "operator",
  params,
  answers: { 204: { description: "It is gone." } },
  problems: ["not_found"],
} as const satisfies Operation;

export const renewSecretOperation = {
  method: "POST",
  path: "/api/notifications/{id}/secret",
  id: "renewNotificationSecret",
  summary: "Give a webhook another secret",
  description:
    "For a day `webhook-signature` has two signatures, of the new secret and of the one before, separated by a space: receivers take either, and are given the new one meanwhile. Another change within that day ends the oldest.",
  caller: "operator",
  params,
  answers: {
    200: {
      description: "Its webhooks are signed with it from now on.",
      schema: z
        .object({
          secret: z.string().meta({ description: "Said only here: `whsec_` and Base64." }),
          previousUntil: moment.meta({ description: "Until then the one before signs, too." }),
        })
        .meta({ id: "NewNotificationSecret" }),
    },
  },
  problems: ["not_found"],
} as const satisfies Operation;

export const testTarget = {
  method: "POST",
  path: "/api/notifications/{id}/test",
  id: "testNotificationTarget",
  summary: "Tell somebody that this is a test",
  description: "At once, whatever else waits and whatever the hour. It is tried this once.",
  caller: "operator",
  params,
  answers: {
    200: {
      description: "What came of it.",
      schema: z.object({
        delivered: z.boolean(),
        error: z.string().nullable().meta({
          description:
            "Such as `http_404`, `timeout`, `ECONNREFUSED` or `smtp_535`; null where it was delivered.",
        }),
      }),
    },
  },
  problems: ["not_found"],
} as const satisfies Operation;

export const listDeliveries = {
  method: "GET",
  path: "/api/notifications/{id}/deliveries",
  id: "listNotificationDeliveries",
  summary: "What somebody was told",
  description: "Of the last 30 days, the newest 100 first.",
  caller: "operator",
  params,
  answers: {
    200: {
      description: "What was delivered, what waits, and what was given up after three days.",
      schema: z.object({
        rows: z.array(
          z.object({
            id: z.uuid().meta({ description: "Its `webhook-id`." }),
            type: z.string().meta({ example: "finding.opened" }),
            title: z.string(),
            writtenAt: moment,
            tries: count,
            error: z.string().nullable(),
            deliveredAt: moment.nullable(),
            givenUpAt: moment.nullable(),
          }),
        ),
      }),
    },
  },
  problems: ["not_found"],
} as const satisfies Operation;
