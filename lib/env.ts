/**
 * The configuration, and the only place that reads `process.env`.
 *
 * `env()` parses once and keeps the answer; a wrong variable is reported by name, with what is allowed.
 */
import { HOUR_SECONDS } from "./terms/durations";
import { CODE_DIGITS, LONGEST_LIFETIME_SECONDS } from "./terms/limits";
import { databaseSettings } from "./settings/database-url";
import { readSender } from "./settings/sender";
import { readTestNumbers } from "./settings/test-numbers";
import { isIP } from "node:net";
import { isSupportedCountry } from "libphonenumber-js/max";
import { z } from "zod";

/** The simulator's account: Twilio never gives it to anyone, so what exists only for the simulator asks for it. */
export const SIMULATOR_ACCOUNT_SID = `AC${"0".repeat(32)}`;

/** The fewest bytes a `SECRET_KEY` may have: the output size of the hash it keys (RFC 2104, section 3). */
const MIN_SECRET_KEY_BYTES = 32;

/** The names of this machine, as URLs have them. */
export const LOOPBACK_HOSTS = new Set(["127.0.0.1", "[::1]", "localhost"]);

const wholeNumber = (low: number, high: number, fallback: number) =>
  z.coerce.number().int().min(low).max(high).default(fallback);

const commaSeparated = z
  .string()
  .default("")
  .transform((list) =>
    list
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

const countries = commaSeparated.transform((codes, context) => {
  // "UK" would quietly allow or block nothing, and "ß" is SS in upper case.
  const wrong = codes.filter(
    (code) => !/^[A-Za-z]{2}$/.test(code) || !isSupportedCountry(code.toUpperCase()),
  );
  if (wrong.length > 0) {
    context.addIssue({
      code: "custom",
      message: `has ${wrong.join(", ")}: must be ISO 3166-1 codes such as GB`,
    });
  }
  return codes.map((code) => code.toUpperCase());
});

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

/**
 * An origin: "https://a.example/" and "https://a.example" mean the same. Whoever names more than that means it, and links, webhooks and
 * forms would go elsewhere.
 */
const origin = httpUrl.transform((url, context) => {
  const { origin: itself, pathname, search, hash, username, password } = new URL(url);
  const more = [
    ...(pathname === "/" ? [] : ["a path"]),
    ...(search === "" ? [] : ["a query"]),
    ...(hash === "" ? [] : ["a fragment"]),
    ...(username === "" && password === "" ? [] : ["a name before the host"]),
  ];
  if (more.length > 0) {
    context.addIssue({
      code: "custom",
      message: `must be an origin such as https://otp.example.com: it has ${more.join(" and ")}`,
    });
  }
  return itself;
});

const databaseUrl = z.string().superRefine((url, context) => {
  try {
    databaseSettings(url);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
  }
});

const messageSender = z.string().transform((text, context) => {
  const reading = readSender(text);
  if ("sender" in reading) return reading.sender;
  context.addIssue({ code: "custom", message: reading.why });
  return z.NEVER;
});

const testNumbers = z
  .string()
  .default("")
  .transform((text, context) => {
    const reading = readTestNumbers(text);
    if ("numbers" in reading) return reading.numbers;
    context.addIssue({ code: "custom", message: reading.why });
    return z.NEVER;
  });

const Environment = z
  .object({
    DATABASE_URL: databaseUrl.optional(),
    TWILIO_ACCOUNT_SID: z
      .string()
      .regex(/^AC[0-9a-f]{32}$/i, "must be AC and 32 hexadecimal digits")
      .optional(),
    TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
    TWILIO_FROM: messageSender.optional(),
    TWILIO_MESSAGING_SERVICE_SID: z
      .string()
      .regex(/^MG[0-9a-f]{32}$/i, "must be MG and 32 hexadecimal digits")
      .optional(),
    TWILIO_API_ORIGIN: origin
      .refine((url) => LOOPBACK_HOSTS.has(new URL(url).hostname), {
        // The account's token travels to this host with every request.
        error: "must have the host 127.0.0.1, [::1] or localhost",
      })
      .optional(),
    PUBLIC_BASE_URL: origin.default("http://localhost:3000"),
    BRAND_NAME: z.string().trim().min(1).max(30).default("OTP Insights"),
    SECRET_KEY: z
      .string()
      .refine((key) => Buffer.byteLength(key) >= MIN_SECRET_KEY_BYTES, {
        error: `must have at least ${MIN_SECRET_KEY_BYTES} bytes`,
      })
      .optional(),
    API_KEYS: commaSeparated,
    DASHBOARD_ACCESS: z.enum(["operators", "open"]).default("operators"),
    OPERATORS: commaSeparated,
    REDIRECT_ORIGINS: commaSeparated.pipe(z.array(origin)),
    CODE_LENGTH: wholeNumber(CODE_DIGITS.least, CODE_DIGITS.most, 6),
    CODE_TTL_SECONDS: wholeNumber(60, LONGEST_LIFETIME_SECONDS, 600),
    MAX_CHECKS: wholeNumber(1, 100, 5),
    RESEND_AFTER_SECONDS: wholeNumber(0, HOUR_SECONDS, 30),
    MAX_MESSAGES_PER_NUMBER_DAY: wholeNumber(1, 1_000, 15),
    MAX_MESSAGES_PER_HOUR: z.coerce.number().int().min(1).max(10_000_000).optional(),
    ALLOWED_COUNTRIES: countries,
    BLOCKED_COUNTRIES: countries,
    TEST_NUMBERS: testNumbers,
    RETENTION_DAYS: wholeNumber(1, 36_500, 400),
    REDACT_AFTER_DAYS: wholeNumber(1, 36_500, 30),
    REPORTS_AT_ONCE: wholeNumber(1, 100, 4),
    PREPARED_STATEMENTS: z.enum(["on", "off"], "must be on or off").default("on"),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp or smtps URL" }).optional(),
    ALERTS_FROM: z
      .string()
      .regex(
        /^[^<>@\r\n]*<?[^<>@\s]+@[^<>@\s]+>?$/,
        "must be an e-mail address, as in Alarms <otp@example.com>",
      )
      .optional(),
    TRUSTED_PROXIES: wholeNumber(0, 10, 0),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
    PORT: wholeNumber(1, 65_535, 3000),
    LOOPS: z.enum(["on", "off"], "must be on or off").default("on"),
    /** Node's own: whether it checks the certificates of those it calls. */
    NODE_TLS_REJECT_UNAUTHORIZED: z.string().optional(),
  })
  .refine((values) => !(values.TWILIO_FROM && values.TWILIO_MESSAGING_SERVICE_SID), {
    path: ["TWILIO_FROM"],
    error: "and TWILIO_MESSAGING_SERVICE_SID exclude each other: set one of them",
  })
  .refine(({ TEST_NUMBERS, CODE_LENGTH }) => TEST_NUMBERS.every(({ code }) => code.length === CODE_LENGTH), {
    path: ["TEST_NUMBERS"],
    error: "has a code of another length than CODE_LENGTH: nobody could type it",
  });

export type Env = z.output<typeof Environment>;

/** A variable that is wrong, and what it may be. */
export interface ConfigurationFault {
  name: string;
  words: string;
}

interface Reading {
  /** Where a variable is wrong, as if it were unset. */
  values: Env;
  faults: ConfigurationFault[];
  /** The variables that were given a value; the others have their defaults. */
  given: ReadonlySet<string>;
}

let current: Reading | undefined;
let wrongIsUnset = false;

/**
 * The configuration in force.
 *
 * @throws {Error} naming every variable that is wrong, and what it may be.
 */
export function env(): Env {
  const { values, faults } = (current ??= read(process.env));
  if (faults.length > 0 && !wrongIsUnset) throw inWords(faults);
  return values;
}

/** Every variable that is wrong. */
export function configurationFaults(): readonly ConfigurationFault[] {
  return (current ??= read(process.env)).faults;
}

/** Does something with what of the configuration is right, so that all that is to be said of it can be said at once. */
export function withWhatIsRight<T>(work: () => T): T {
  wrongIsUnset = true;
  try {
    return work();
  } finally {
    wrongIsUnset = false;
  }
}

/** Replaces the configuration, for tests: the defaults with these on top. */
export function setEnv(values: Record<string, string>): void {
  current = read(values);
  if (current.faults.length > 0) throw inWords(current.faults);
}

function read(variables: Record<string, string | undefined>): Reading {
  // An empty variable is what `FOO= command` and an unfilled line of .env leave behind: it means "unset".
  const filled = Object.entries(variables).filter(([, value]) => value !== undefined && value !== "");
  const given = new Set(filled.map(([name]) => name));
  const faults: ConfigurationFault[] = [];
  for (let right = filled; ;) {
    const result = Environment.safeParse(Object.fromEntries(right));
    if (result.success) return { values: result.data, faults, given };
    const found = result.error.issues.map(({ path, message }) => ({ name: String(path[0]), words: message }));
    faults.push(...found);
    // What holds between variables is looked at only where each of them is right: it is, without those that are not.
    right = right.filter(([name]) => !found.some((fault) => fault.name === name));
  }
}

function inWords(faults: readonly ConfigurationFault[]): Error {
  return new Error(`Configuration: ${faults.map(({ name, words }) => `${name} ${words}`).join("; ")}`);
}

/** Whether a variable was given a value, where its default is not as good. */
export function isSet(name: keyof Env): boolean {
  env();
  return current?.given.has(name) ?? false;
}

/** Whether messages go to the simulator that stands in for Twilio. */
export function simulated(): boolean {
  return env().TWILIO_ACCOUNT_SID === SIMULATOR_ACCOUNT_SID;
}

/** A variable that must be there, for the code that cannot do without it. */
export function required<K extends keyof Env>(name: K): NonNullable<Env[K]> {
  const value = env()[name];
  if (value == null) throw new Error(`Configuration: ${name} is not set`);
  return value;
}

/** Whether a host of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname) || (isIP(hostname) === 4 && hostname.startsWith("127."));
}
