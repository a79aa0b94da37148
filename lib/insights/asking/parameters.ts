/**
 * The parameters of reports, each with its form, its words and what is made of it. Pages and the API take the same.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { ACTION_NAMES } from "../../terms/actions";
import {
  DIMENSION_NAMES,
  DIMENSIONS,
  isFlag,
  isNegatable,
  type DimensionTerms,
  type FlagName,
  type ValueName,
} from "../../terms/dimensions";
import { FLAGS } from "../../terms/flags";
import { CHANNEL_NAMES } from "../../terms/channels";
import { countryOf } from "../../terms/countries";
import { languageIn } from "../../terms/languages";
import { COMPARES, INTERVALS, RANGE_NAMES, type Compare } from "../../terms/ranges";
import { FEEDBACK_STATE_NAMES, MESSAGE_STATUS_NAMES } from "../../terms/statuses";
import { isTimeZone } from "./range";

const once = "may be given once";
/** A parameter that comes once. */
export const single = <Output>(schema: z.ZodType<Output, string>) =>
  z.string({ error: (issue) => (Array.isArray(issue.input) ? once : undefined) }).pipe(schema);

/** A parameter that may be repeated: one of its values must hold. */
const repeatable = <Output>(schema: z.ZodType<Output, string>) =>
  z
    .union([z.string(), z.array(z.string()).max(100, "may be repeated 100 times")])
    .transform((given) => [given].flat())
    .pipe(z.array(schema));

export const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Years that a moment may lie in: those the database and the zones' rules know. */
const YEARS = { first: 1970, last: 2199 };

const Moment = z
  .string()
  .transform(withPlus)
  .refine(
    isMoment,
    `must be a date such as 2026-11-01, or a moment such as 2026-11-01T09:30:00Z or 2026-11-01T09:30:00%2B05:30 with its offset, from ${YEARS.first} to ${YEARS.last}`,
  );

/** In a query a + that is not escaped arrives as a space. After a time it can be nothing else than that of an offset. */
function withPlus(text: string): string {
  return text.replace(/(\d{4}-\d{2}-\d{2}[Tt ][\d:.]+) (?=\d{2}(:?\d{2})?(\/|$))/g, "$1+");
}

/** Whether a text is a date or a moment in a year that reports can be about. */
export function isMoment(text: string): boolean {
  try {
    const year = DATE.test(text)
      ? Temporal.PlainDate.from(text).year
      : Temporal.Instant.from(text).toZonedDateTimeISO("UTC").year;
    return year >= YEARS.first && year <= YEARS.last;
  } catch {
    return false;
  }
}

/** A check and then a change, so that it is described as the text that it is. */
export const Country = z
  .string()
  .refine((letters) => countryOf(letters) !== null, "must be an ISO 3166-1 alpha-2 code such as BR")
  .transform((letters) => countryOf(letters) ?? letters)
  .meta({ description: "ISO 3166-1 alpha-2; UK is understood as GB, EL as GR.", example: "BR" });

/** What stands for a value that is not known, which is "" to reports. */
const UNKNOWN = "unknown";

/** "" is the unknown one. */
const Network = z
  .string()
  .regex(/^\P{Cc}{1,100}$/u, "must be a network's name, or unknown")
  .transform((name) => (name.toLowerCase() === UNKNOWN ? "" : name))
  .meta({ description: "The range holder's name in any case, or `unknown`.", example: "Claro" });

/** As in JSON, with or without its +, and as a file has it: in brackets, with what is masked. */
const Block = z
  .string()
  .transform((block) => `+${block.trim().replace(/^\(?[+ ]?|[*•]{0,3}\)?$/g, "")}`)
  .refine(
    (block) => /^\+\d{3,12}$/.test(block),
    "must be a number without its last three digits, as in +5511987654",
  )
  .meta({ description: "A 1k block: a number without its last three digits.", example: "+5511987654" });

const Action = z.enum(ACTION_NAMES, `must be one of ${ACTION_NAMES.join(", ")}`).meta({
  description:
    "The tracked action. Messages with temporary passwords, which only numbers with a password get, are for operators and programs with a key: others, who read an open dashboard, find them in no list and no sum.",
});

/** "" is the unknown one, of verifications from before it was kept. */
const SenderAddress = z
  .string()
  .regex(
    /^\P{Cc}{1,100}$/u,
    "must be a sender: a number, a name, a short code, a Messaging Service's SID, or whatsapp: and a number",
  )
  // In a query a + that is not escaped arrives as a space.
  .transform((address) =>
    address.toLowerCase() === UNKNOWN ? "" : address.replace(/^(whatsapp:)? (?=\d{5,15}$)/, "$1+"),
  )
  .meta({
    description:
      "What messages were sent from: a number, a name, a short code, a Messaging Service's SID, or `whatsapp:` and a number; `unknown` of verifications from before that was kept.",
    example: "+15005550006",
  });

const ChannelName = z
  .enum(CHANNEL_NAMES, `must be one of ${CHANNEL_NAMES.join(", ")}`)
  .meta({ description: "What carried them." });

/** "" is the unknown one. */
const Locale = z
  .string()
  .refine(
    (tag) => tag.toLowerCase() === UNKNOWN || languageIn(tag) !== undefined,
    "must be a language such as pt or pt-BR, or unknown",
  )
  .transform((tag) => (tag.toLowerCase() === UNKNOWN ? "" : (languageIn(tag) ?? tag)))
  .meta({
    description:
      "The language they are written in, of whose tags the language alone counts; `unknown` of messages from before that was kept.",
    example: "pt",
  });

const Status = z
  .enum(MESSAGE_STATUS_NAMES, `must be one of ${MESSAGE_STATUS_NAMES.join(", ")}`)
  .meta({ description: "A delivery status, as it is now." });

const ErrorCode = z
  .string()
  .regex(/^\d{1,9}$/, "must be one of Twilio's codes, such as 30003")
  .meta({ description: "Twilio's code of a message that was refused or not delivered.", example: "30003" });

const FeedbackWord = z
  .enum(FEEDBACK_STATE_NAMES, `must be one of ${FEEDBACK_STATE_NAMES.join(", ")}`)
  .meta({ description: "Where the feedback of a confirmed message stands." });

const FeedbackError = z
  .string()
  .regex(/^[\w-]{1,60}$/, "must be a fault's word, such as 20404 or http_503")
  .meta({ description: "Why the last try to tell Twilio failed.", example: "20404" });

/** What each dimension takes as a value. */
const VALUES = {
  country: Country,
  network: Network,
  block: Block,
  action: Action,
  sender: SenderAddress,
  channel: ChannelName,
  locale: Locale,
  status: Status,
  errorCode: ErrorCode,
  feedback: FeedbackWord,
  feedbackError: FeedbackError,
} as const satisfies Record<ValueName, z.ZodType<string, string>>;

/** The parameters that filter by dimensions of some kinds. */
export function filterParameters(kinds: readonly DimensionTerms["about"][]): z.ZodRawShape {
  const names = DIMENSION_NAMES.filter((name) => kinds.includes(DIMENSIONS[name].about));
  return Object.fromEntries(names.flatMap((name) => Object.entries(parametersOf(name))));
}

function parametersOf(name: ValueName | FlagName): z.ZodRawShape {
  if (isFlag(name)) return { [name]: flag(`Only ${FLAGS[name].describes}, or only the others.`).optional() };
  const values = repeatable<string>(VALUES[name]).optional();
  const description = "Messages that have any of these are left out.";
  return { [name]: values, ...(isNegatable(name) && { [`${name}!`]: values.meta({ description }) }) };
}

const flag = (description: string) =>
  single(z.enum(["true", "false"], "must be true or false"))
    .transform((text) => text === "true")
    .meta({ description });

/** No zone has a space in its name, and Etc/GMT+5 arrives with one. */
function withoutSpaces(zone: string): string {
  return zone.replace(/^(Etc\/GMT|GMT|UTC) (?=\d)/i, "$1+");
}

export const rangeParameters = {
  range: single(z.enum(RANGE_NAMES, `must be one of ${RANGE_NAMES.join(", ")}`))
    .optional()
    .meta({
      description:
        "A range by name, in place of `from` and `to`. Those that end now: hours, whole local days and today, or since the start of the local day, week (Monday's) or month. Those that have ended: `yesterday` and `last-week`.",
    }),
  from: single(Moment).optional().meta({
    description: "The first moment; a date means its midnight in `tz`. 28 days before `to` by default.",
  }),
  to: single(Moment).optional().meta({ description: "The moment the range ends before; now by default." }),
  tz: single(
    z.string().transform(withoutSpaces).refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin"),
  )
    .default("UTC")
    .meta({ description: "The zone of dates and of the buckets' boundaries.", example: "Asia/Kolkata" }),
};

export const formatParameter = {
  format: single(z.enum(["json", "csv"], "must be json or csv"))
    .optional()
    .meta({ description: "`csv` for a file; so does `Accept: text/csv`." }),
};

export const compareParameter = {
  compare: single(
    z
      .string()
      .transform(withPlus)
      .refine(
        isComparison,
        `must be one of ${COMPARES.join(", ")}, or a range's two ends, such as 2026-10-01/2026-11-01`,
      ),
  )
    .default("previous")
    .meta({
      description: `What to compare with: the stretch right before (\`previous\`), the same time whole weeks before (\`week\`), nothing (\`none\`), or any range by its ends, as \`from\` and \`to\` with a slash between them. One that is longer or shorter has other counts for that alone; rates can be compared.`,
      example: "2026-10-01/2026-11-01",
    }),
};

/** Whether this is a comparison's name. */
export function isCompare(text: string): text is Compare {
  return COMPARES.some((name) => name === text);
}

function isComparison(text: string): boolean {
  const ends = text.split("/");
  return isCompare(text) || (ends.length === 2 && ends.every(isMoment));
}

export const intervalParameter = single(z.enum(INTERVALS, `must be one of ${INTERVALS.join(", ")}`));

/** A whole number. */
export const limitOf = (least: number, most: number) =>
  single(
    z
      .string()
      .transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN))
      .refine((n) => n >= least && n <= most, `must be a whole number from ${least} to ${most}`),
  );
