/**
 * The reports' operations: what they take as a query, and what they answer.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { now } from "../clock";
import { COUNT_NAMES } from "../terms/metrics";
import { blockAfter } from "../insights/reports/blocks";
import { positionIn, SORT_KEYS, type Sort, type SortKey } from "../insights/reports/destinations";
import type { Condition, Filters } from "../insights/asking/filters";
import { placeIn } from "../insights/reports/messages";
import { METRICS } from "../terms/metrics";
import { bucketCount, isTimeZone, MAX_BUCKETS, roundOutward } from "../insights/asking/range";
import {
  COMPARES,
  DEFAULT_RANGE,
  INTERVALS,
  RANGE_NAMES,
  RANGES,
  type Compare,
  type RangeName,
} from "../terms/ranges";
import type { ReportQuery } from "../insights/asking/report";
import { DAY } from "../terms/durations";
import { MAX_RANGE_DAYS } from "../terms/limits";
import { MessageStatus, TrackedAction } from "@/prisma/generated/enums";
import type { Operation } from "./operations";

const once = "may be given once";
const single = <Output>(schema: z.ZodType<Output, string>) =>
  z.string({ error: (issue) => (Array.isArray(issue.input) ? once : undefined) }).pipe(schema);

/** A parameter that may be repeated: one of its values must hold. */
const repeatable = <Output>(schema: z.ZodType<Output, string>) =>
  z
    .union([z.string(), z.array(z.string()).max(100, "may be repeated 100 times")])
    .transform((given) => [given].flat())
    .pipe(z.array(schema));

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Years that a moment may lie in: those the database and the zones' rules know. */
const YEARS = { first: 1970, last: 2199 };

const Moment = z
  .string()
  .refine(
    isMoment,
    `must be a date such as 2026-11-01, or a moment such as 2026-11-01T09:30:00Z with its offset, from ${YEARS.first} to ${YEARS.last}`,
  );

function isMoment(text: string): boolean {
  try {
    const year = DATE.test(text)
      ? Temporal.PlainDate.from(text).year
      : Temporal.Instant.from(text).toZonedDateTimeISO("UTC").year;
    return year >= YEARS.first && year <= YEARS.last;
  } catch {
    return false;
  }
}

const Country = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine((code) => /^[A-Z]{2}$/.test(code), "must be an ISO 3166-1 alpha-2 code such as BR")
  .meta({ description: "ISO 3166-1 alpha-2.", example: "BR" });

const Network = z
  .string()
  .regex(/^\P{Cc}{1,100}$/u, "must be a network's name, or unknown")
  .transform((name) => (name === "unknown" ? "" : name))
  .meta({ description: "The range holder's name, or `unknown`.", example: "Claro" });

/** In a query a + that is not escaped arrives as a space. */
const Block = z
  .string()
  .transform((block) => `+${block.replace(/^[+ ]/, "")}`)
  .refine(
    (block) => /^\+\d{3,12}$/.test(block),
    "must be a number without its last three digits, as in +5511987654",
  )
  .meta({ description: "A 1k block: a number without its last three digits.", example: "+5511987654" });

const Action = z
  .enum(TrackedAction, `must be one of ${Object.values(TrackedAction).join(", ")}`)
  .meta({ description: "The tracked action." });

const STATUSES = Object.values(MessageStatus);
const Status = z
  .enum(MessageStatus, `must be one of ${STATUSES.join(", ")}`)
  .meta({ description: "A delivery status, as it is now." });

const ErrorCode = z
  .string()
  .regex(/^\d{1,9}$/, "must be one of Twilio's codes, such as 30003")
  .meta({ description: "Twilio's code of a message that was refused or not delivered.", example: "30003" });

const Confirmed = single(z.enum(["true", "false"], "must be true or false"))
  .transform((text) => text === "true")
  .meta({ description: "Only messages whose secret came back, or only the others." });

const rangeParameters = {
  range: single(z.enum(RANGE_NAMES, `must be one of ${RANGE_NAMES.join(", ")}`))
    .optional()
    .meta({
      description:
        "A range that ends now, in place of `from` and `to`: hours, local days back from this moment, or since the month's start.",
    }),
  from: single(Moment).optional().meta({
    description: "The first moment; a date means its midnight in `tz`. 28 days before `to` by default.",
  }),
  to: single(Moment).optional().meta({ description: "The moment the range ends before; now by default." }),
  tz: single(z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin"))
    .default("UTC")
    .meta({ description: "The zone of dates and of the buckets' boundaries.", example: "Asia/Kolkata" }),
};

const negated = "Messages that have any of these are left out.";
const countryParameters = {
  country: repeatable(Country).optional(),
  "country!": repeatable(Country).optional().meta({ description: negated }),
};
const partParameters = {
  network: repeatable(Network).optional(),
  "network!": repeatable(Network).optional().meta({ description: negated }),
  block: repeatable(Block).optional(),
  "block!": repeatable(Block).optional().meta({ description: negated }),
  action: repeatable(Action).optional(),
  "action!": repeatable(Action).optional().meta({ description: negated }),
  status: repeatable(Status).optional(),
  "status!": repeatable(Status).optional().meta({ description: negated }),
  errorCode: repeatable(ErrorCode).optional(),
  "errorCode!": repeatable(ErrorCode).optional().meta({ description: negated }),
  confirmed: Confirmed.optional(),
};
const filterParameters = { ...countryParameters, ...partParameters };

const formatParameter = {
  format: single(z.enum(["json", "csv"], "must be json or csv"))
    .optional()
    .meta({ description: "`csv` for a file; so does `Accept: text/csv`." }),
};

const compareParameter = {
  compare: single(z.enum(COMPARES, `must be one of ${COMPARES.join(", ")}`))
    .default("previous")
    .meta({
      description:
        "What to compare with: the stretch right before, the same time whole weeks before, or nothing.",
    }),
};

const limitOf = (least: number, most: number) =>
  single(
    z
      .string()
      .transform(Number)
      .refine(
        (n) => Number.isInteger(n) && n >= least && n <= most,
        `must be a whole number from ${least} to ${most}`,
      ),
  );

/** Rows of a page of a table; a file that names no limit has all rows. */
export const DEFAULT_LIMIT = { destinations: 300, blocks: 100 } as const;

const tableLimit = (table: keyof typeof DEFAULT_LIMIT) =>
  limitOf(1, 1000)
    .optional()
    .meta({ description: `${DEFAULT_LIMIT[table]} where none is given; then a file has all rows.` });

const tableCursor = single(z.string().max(500)).optional().meta({
  description: "`nextCursor` of the page before, of a table in the same order.",
});

/** What a cursor that is none is told. */
const NO_CURSOR = "must be a nextCursor of this report, in this order";

/** Which of a report's tables a file has, the first by default; JSON has all of them. */
const filePart = <const Part extends string>(parts: readonly [Part, ...Part[]]) =>
  single(z.enum(parts, `must be one of ${parts.join(", ")}`))
    .default(parts[0])
    .meta({ description: "Which table a CSV file has; JSON has all." });

type RawQuery = z.output<z.ZodObject<typeof rangeParameters>> &
  Partial<z.output<z.ZodObject<typeof filterParameters>>> & { compare?: Compare };

/** A query as the reports take it: the range rounded outward to quarter-hours, filters by dimension. */
function toReportQuery(raw: RawQuery, context: z.RefinementCtx): ReportQuery {
  const refuse = (path: string, message: string) => {
    context.addIssue({ code: "custom", path: [path], message });
    return z.NEVER;
  };
  if (raw.range && (raw.from ?? raw.to)) return refuse("range", "goes without `from` and `to`");
  const end = raw.to === undefined ? now() : momentOf(raw.to, raw.tz);
  const begin =
    raw.from === undefined ? startOf(raw.range ?? DEFAULT_RANGE, end, raw.tz) : momentOf(raw.from, raw.tz);
  if (begin >= end) return refuse("from", "must be before `to`");
  if (end.getTime() - begin.getTime() > MAX_RANGE_DAYS * DAY) {
    return refuse("from", `must be no more than ${MAX_RANGE_DAYS} days before \`to\``);
  }
  const range = { ...roundOutward(begin, end), tz: raw.tz };
  return { range, filters: filtersOf(raw), compare: raw.compare ?? "none" };
}

/** Days go back by the calendar of the zone, so that a change of its clocks moves no end. */
function startOf(range: RangeName, end: Date, tz: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(tz);
  const { length } = RANGES[range];
  const start = "months" in length ? local.with({ day: 1 }).startOfDay() : local.subtract(length);
  return new Date(start.epochMilliseconds);
}

function momentOf(text: string, tz: string): Date {
  const time = DATE.test(text)
    ? Temporal.PlainDate.from(text).toZonedDateTime(tz).epochMilliseconds
    : Temporal.Instant.from(text).epochMilliseconds;
  return new Date(time);
}

function filtersOf(raw: RawQuery): Filters {
  const condition = (
    name: "country" | "network" | "block" | "action" | "status" | "errorCode",
  ): Condition | undefined => {
    const [included, notIn] = [raw[name] ?? [], raw[`${name}!`] ?? []];
    return included.length + notIn.length === 0 ? undefined : { in: included, notIn };
  };
  return {
    country: condition("country"),
    network: condition("network"),
    block: condition("block"),
    action: condition("action"),
    status: condition("status"),
    errorCode: condition("errorCode"),
    confirmed: raw.confirmed,
  };
}

type Extra<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** A strict query: every parameter that is not described is refused by name. */
const queryOf = <Shape extends z.ZodRawShape>(shape: Shape, filters: z.ZodRawShape = filterParameters) =>
  z
    .strictObject({ ...rangeParameters, ...filters, ...shape, ...formatParameter })
    .transform((raw, context): ReportQuery & { format?: "json" | "csv" } & Omit<Extra<Shape>, "compare"> => {
      const given = raw as RawQuery & { format?: "json" | "csv" } & Extra<Shape>;
      return { ...given, ...toReportQuery(given, context) };
    });

const SORT_VALUES = SORT_KEYS.flatMap((key) => [key, `-${key}`]);

const sortParameter = single(
  z.enum(SORT_VALUES, `must be one of ${SORT_KEYS.join(", ")}, or one of them after -`),
)
  .default("-attempted")
  .transform((text): Sort => ({ key: text.replace("-", "") as SortKey, descending: text.startsWith("-") }))
  .meta({
    description: "What rows are ordered by; with - the greatest first. Low samples are not ranked by rates.",
  });

/** What a page of the dashboard takes: the same, and what only pages have. */
export const dashboardQuery = queryOf({
  ...compareParameter,
  interval: single(z.enum(INTERVALS, `must be one of ${INTERVALS.join(", ")}`)).optional(),
  sort: sortParameter,
  /** What the table of destinations is searched for. */
  q: single(z.string().max(100)).optional(),
  cursor: single(z.string().max(200)).optional(),
  live: single(z.enum(["1"], "must be 1")).optional(),
  view: single(z.string().max(40)).optional(),
});

// Answers, for the document.

const count = z.int();
const rate = z.number().nullable();
const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, count])) as Record<
  (typeof COUNT_NAMES)[number],
  typeof count
>;
const seconds = z.number().nullable();
const moment = z.date();

const matureCounts = z
  .object({
    attempted: count,
    statusOk: count,
    errors: count,
    delivered: count,
    confirmed: count,
    late: count,
    verifications: count,
    approved: count,
  })
  .meta({ description: METRICS.mature });

const rowFields = {
  ...counts,
  mature: matureCounts,
  conversion: rate.meta({ description: METRICS.conversion }),
  conversionLow: rate.meta({ description: METRICS.interval }),
  conversionHigh: rate,
  lowSample: z.boolean().meta({ description: METRICS.lowSample }),
  inTimeConversion: rate.meta({ description: METRICS.inTimeConversion }),
  deliveredConversion: rate.meta({ description: METRICS.deliveredConversion }),
  successRate: rate.meta({ description: METRICS.successRate }),
  resendRate: rate.meta({ description: METRICS.resendRate }),
  recoveryRate: rate.meta({ description: METRICS.recoveryRate }),
  timeToConfirm: z
    .object({ n: count, p50: seconds, p90: seconds, p99: seconds })
    .nullable()
    .meta({ description: `${METRICS.timeToConfirm} Seconds; null of single networks.` }),
  deliveryLatency: z
    .object({ n: count, p50: seconds, p95: seconds })
    .nullable()
    .meta({ description: `${METRICS.deliveryLatency} Seconds; null of single networks.` }),
  spend: z
    .array(
      z.object({
        currency: z.string(),
        priced: count,
        amount: z.number(),
        costPerConversion: z.number().nullable(),
        wasted: z.number(),
      }),
    )
    .meta({ description: METRICS.spend }),
  priceCoverage: rate.meta({ description: METRICS.priceCoverage }),
  feedbackCoverage: rate.meta({ description: METRICS.feedbackCoverage }),
};
const Row = z
  .object(rowFields)
  .meta({ id: "InsightsRow", description: "Counts, and the rates next to them." });

const RangeBody = z
  .object({ from: moment, to: moment, tz: z.string() })
  .meta({ id: "Range", description: "As it was understood: rounded outward to 15 minutes." });

const ChangeBody = z
  .object({ conversion: rate, low: rate, high: rate, beyondNoise: z.boolean(), lost: z.number().nullable() })
  .meta({
    id: "Change",
    description: "Current − previous conversion with Newcombe's 95 % interval; confirmations lost.",
  });

const DestinationBody = z
  .object({
    country: z.string(),
    network: z.string().nullable().optional(),
    ...rowFields,
    share: rate,
    previous: z
      .object({ attempted: count, conversion: rate, conversionLow: rate, conversionHigh: rate })
      .nullable(),
    change: ChangeBody.nullable(),
  })
  .meta({ id: "Destination" });

const { mature: _, ...bucketFields } = rowFields;
const BucketBody = z
  .object({
    start: moment,
    end: moment,
    ...bucketFields,
    mature: z.boolean().meta({ description: "No confirmation in time can come to it any more." }),
    final: z.boolean().meta({ description: "Not even a late one." }),
    matureCounts,
  })
  .meta({ id: "Bucket" });

const ErrorBody = z
  .object({
    kind: z.enum(["error", "refusal"]),
    code: z.int().nullable(),
    words: z.string(),
    messages: count,
    share: rate,
    previous: count.nullable(),
  })
  .meta({ id: "ErrorRow" });

const MessageBody = z
  .object({
    id: z.uuid(),
    verificationId: z.uuid(),
    sid: z.string().nullable(),
    to: z.string().meta({ description: "With its last three digits masked." }),
    country: z.string(),
    network: z.string().nullable(),
    block: z.string(),
    action: z.enum(TrackedAction),
    attempt: count,
    status: z.enum(MessageStatus).nullable(),
    outcome: z.enum([
      "confirmed",
      "late",
      "error",
      "delivered",
      "in_flight",
      "canceled",
      "refused",
      "unknown",
    ]),
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
        state: z.enum(["reported", "pending", "retrying", "refused"]),
        reportedAt: moment.nullable(),
        tries: count,
        error: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "LoggedMessage" });

const answering = (description: string, schema: z.ZodType) => ({ 200: { description, schema } });

const report = { method: "GET", caller: "reader", problems: ["invalid_request"] } as const;

export const insightsSummary = {
  ...report,
  path: "/api/insights/summary",
  id: "insightsSummary",
  summary: "All messages of a range in one row",
  query: queryOf(compareParameter),
  answers: answering(
    "The row, and that of the range compared with.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      current: Row,
      previous: Row.nullable(),
      change: ChangeBody.nullable(),
    }),
  ),
} as const satisfies Operation;

export const insightsTimeseries = {
  ...report,
  path: "/api/insights/timeseries",
  id: "insightsTimeseries",
  summary: "A range in buckets",
  description:
    "Every bucket has a row. Buckets are local to `tz`: days have 23 or 25 hours where clocks change.",
  query: queryOf({
    ...compareParameter,
    interval: single(z.enum(INTERVALS, `must be one of ${INTERVALS.join(", ")}`)).default("day"),
  }).superRefine(({ range, interval }, context) => {
    const buckets = bucketCount(range, interval);
    if (buckets <= MAX_BUCKETS) return;
    const message = `makes ${buckets} buckets of this range; the most is ${MAX_BUCKETS}: take a longer one, or a shorter range`;
    context.addIssue({ code: "custom", path: ["interval"], message });
  }),
  answers: answering(
    "The buckets in order of time, and those of the range compared with.",
    z.object({
      range: RangeBody,
      interval: z.enum(INTERVALS),
      rows: z.array(BucketBody),
      previousRange: RangeBody.nullable(),
      previous: z.array(BucketBody).nullable(),
    }),
  ),
} as const satisfies Operation;

export const insightsDestinations = {
  ...report,
  path: "/api/insights/destinations",
  id: "insightsDestinations",
  summary: "A row for each country",
  query: queryOf({
    ...compareParameter,
    by: single(z.enum(["country", "network"], "must be country or network"))
      .default("country")
      .meta({ description: "`network` tells the networks of each country apart." }),
    sort: sortParameter,
    limit: tableLimit("destinations"),
    cursor: tableCursor,
  }).superRefine(({ by, sort, cursor }, context) => {
    if (cursor === undefined || positionIn(cursor, { by, sort })) return;
    context.addIssue({ code: "custom", path: ["cursor"], message: NO_CURSOR });
  }),
  answers: answering(
    "A page of rows; their totals are of all pages.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(DestinationBody),
      totals: Row,
      count,
      nextCursor: z.string().nullable(),
    }),
  ),
} as const satisfies Operation;

const pressed = { value: z.number(), unverified: count, verified: count };

export const insightsDestination = {
  ...report,
  path: "/api/insights/destinations/{country}",
  id: "insightsDestination",
  summary: "One country: its funnel, networks, errors, time to confirm",
  params: z.object({ country: Country }),
  query: queryOf(
    {
      ...compareParameter,
      part: filePart(["networks", "funnel", "errors", "actions", "timeToConfirm", "pressure"]),
    },
    partParameters,
  ),
  answers: answering(
    "The country's report; as CSV, the part of it that is named.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      country: z.string(),
      current: Row,
      previous: Row.nullable(),
      change: ChangeBody.nullable(),
      funnel: z.object({
        requested: count,
        accepted: count,
        delivered: count,
        confirmed: count,
        reported: count,
      }),
      networks: z.array(DestinationBody),
      actions: z.array(z.object({ action: z.enum(TrackedAction), ...rowFields })),
      errors: z.array(ErrorBody),
      timeToConfirm: z.array(z.object({ from: z.number(), to: z.number().nullable(), messages: count })),
      pressure: z
        .object({
          ...pressed,
          greatestVerified: count,
          hour: z.object(pressed),
          addresses: z.array(z.object({ address: z.string(), ...pressed, hour: z.object(pressed) })),
        })
        .meta({ description: METRICS.pressure }),
    }),
  ),
} as const satisfies Operation;

export const insightsBlocks = {
  ...report,
  path: "/api/insights/blocks",
  id: "insightsBlocks",
  summary: "A row for each 1k block",
  description: "Counted from single messages: where more than 500,000 would have to be read it is refused.",
  query: queryOf({ limit: tableLimit("blocks"), cursor: tableCursor }).superRefine(({ cursor }, context) => {
    if (cursor === undefined || blockAfter(cursor)) return;
    context.addIssue({ code: "custom", path: ["cursor"], message: NO_CURSOR });
  }),
  answers: answering(
    "The blocks with the most messages.",
    z.object({
      range: RangeBody,
      rows: z.array(
        z.object({
          block: z.string(),
          country: z.string(),
          network: z.string().nullable(),
          ...rowFields,
          share: rate,
          numbers: count,
          neighbours: count,
        }),
      ),
      count,
      nextCursor: z.string().nullable(),
      attempted: count,
      topBlockShare: rate,
      sequentiality: rate,
    }),
  ),
} as const satisfies Operation;

export const insightsErrors = {
  ...report,
  path: "/api/insights/errors",
  id: "insightsErrors",
  summary: "Why messages were not delivered, or not taken",
  query: queryOf(compareParameter),
  answers: answering(
    "A row for each of Twilio's codes.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(ErrorBody),
      totals: z.object({ errors: count, refused: count, attempted: count }),
    }),
  ),
} as const satisfies Operation;

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

export const insightsFeedback = {
  ...report,
  path: "/api/insights/feedback",
  id: "insightsFeedback",
  summary: "Whether Twilio has been told of every confirmed message",
  description: "The backlog but for what is refused is of now, whatever the range and the filters.",
  query: queryOf({ part: filePart(["totals", "refusals"]) }),
  answers: answering(
    "Coverage, lag and backlog.",
    z.object({
      range: RangeBody,
      confirmed: count,
      reported: count,
      coverage: rate,
      lag: z.object({ n: count, p50: seconds, p95: seconds }),
      backlog: z.object({ pending: count, retrying: count, refused: count, oldestSeconds: seconds }),
      refusals: z.array(z.object({ error: z.string(), messages: count })),
    }),
  ),
} as const satisfies Operation;

export const insightsAlerts = {
  ...report,
  path: "/api/insights/alerts",
  id: "insightsAlerts",
  summary: "Conversion drops",
  description:
    "Destinations whose in-time conversion fell at least 15 points, with its whole interval, under that of the same time in the 14 days before.",
  // Drops are of whole countries.
  query: queryOf({}, countryParameters),
  answers: answering(
    "Open ones first, then by what was lost.",
    z.object({
      range: RangeBody,
      rows: z.array(
        z.object({
          id: z.uuid(),
          kind: z.literal("conversion_drop"),
          country: z.string(),
          since: moment,
          openedAt: moment,
          until: moment.nullable(),
          open: z.boolean(),
          baseline: z.number(),
          baselineAttempted: count,
          attempted: count,
          confirmed: count,
          conversion: rate,
          conversionLow: rate,
          conversionHigh: rate,
          size: z.number().nullable(),
          lost: z.number().nullable(),
        }),
      ),
    }),
  ),
} as const satisfies Operation;

const Reason = z.object({
  kind: z.enum(["error", "delivery", "network", "latency"]),
  words: z.string(),
  code: z.int().nullable().optional(),
  network: z.string().nullable().optional(),
});

export const insightsChanges = {
  ...report,
  path: "/api/insights/changes",
  id: "insightsChanges",
  summary: "What changed: destinations ranked by lost confirmations",
  query: queryOf({ ...compareParameter, limit: limitOf(1, 10).default(10) }),
  answers: answering(
    "Changes beyond noise, with their likeliest reasons; and what got better.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      rows: z.array(DestinationBody.extend({ reasons: z.array(Reason) })),
      gains: z.array(DestinationBody),
    }),
  ),
} as const satisfies Operation;

export const INSIGHTS_OPERATIONS: readonly Operation[] = [
  insightsSummary,
  insightsTimeseries,
  insightsDestinations,
  insightsDestination,
  insightsBlocks,
  insightsErrors,
  insightsMessages,
  insightsFeedback,
  insightsAlerts,
  insightsChanges,
];
