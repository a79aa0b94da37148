/**
 * What a configuration is to be told before it serves people: what keeps it from starting, and what it is warned of, each by the name of
 * its variable. The demo and tests are not asked.
 */
import { unreadableOperators } from "./account/operators";
import {
  configurationFaults,
  env,
  isLoopback,
  isSet,
  SIMULATOR_ACCOUNT_SID,
  withWhatIsRight,
  type Env,
} from "./env";
import { brandCost } from "./messaging/brand-cost";
import { chanceToGuess, MOST_PROGRAMS } from "./protection/budgets";
import { testNumbersInWords } from "./protection/test-numbers";
import { HOUR_SECONDS } from "./terms/durations";

interface Rule {
  name: keyof Env;
  /** Whether the variable is as the words say. */
  when: (values: Env) => boolean;
  /** What follows from it, or what to do. */
  words: string | ((values: Env) => string);
}

/** A key that is drawn at random has more different characters than this, however it is written. */
const FEWEST_DIFFERENT_CHARACTERS = 8;

const SHORTEST_API_KEY = 24;

/** Those that Twilio gives out have 32 characters. */
const SHORTEST_AUTH_TOKEN = 32;

const looksMadeUp = (key: string) =>
  new Set(key).size < FEWEST_DIFFERENT_CHARACTERS || isOnePieceRepeated(key.toLowerCase());

/** Whether a text goes on as it began: "changeme-changeme-changeme" has enough different characters, and was typed. */
function isOnePieceRepeated(text: string): boolean {
  const longest = Math.floor(text.length / 2);
  return Array.from({ length: longest }, (_, index) => text.slice(index + 1)).some((rest) =>
    text.startsWith(rest),
  );
}

const isPlain = (url: string) => {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !isLoopback(hostname);
};

const yearlyChance = ({ CODE_LENGTH }: Env) => `${Math.round(chanceToGuess(CODE_LENGTH, 365) * 100)} %`;

const MISSING: readonly Rule[] = [
  {
    name: "DATABASE_URL",
    when: ({ DATABASE_URL }) => DATABASE_URL === undefined,
    words: "the address of a PostgreSQL 15 or newer",
  },
  {
    name: "TWILIO_ACCOUNT_SID",
    when: ({ TWILIO_ACCOUNT_SID }) => TWILIO_ACCOUNT_SID === undefined,
    words: "the account messages are sent from",
  },
  {
    name: "TWILIO_AUTH_TOKEN",
    when: ({ TWILIO_AUTH_TOKEN }) => TWILIO_AUTH_TOKEN === undefined,
    words: "it signs in to Twilio and checks the signatures of its webhooks",
  },
  {
    name: "TWILIO_FROM",
    when: (values) => !values.TWILIO_FROM && !values.TWILIO_MESSAGING_SERVICE_SID,
    words: "it, or TWILIO_MESSAGING_SERVICE_SID, is the sender of the messages",
  },
  {
    name: "PUBLIC_BASE_URL",
    when: () => !isSet("PUBLIC_BASE_URL"),
    words: "what Twilio signs, and where links point",
  },
  {
    name: "SECRET_KEY",
    when: ({ SECRET_KEY }) => SECRET_KEY === undefined,
    words: "the key of the HMAC over secrets, for example from `openssl rand -base64 48`",
  },
  {
    name: "API_KEYS",
    when: ({ API_KEYS }) => API_KEYS.length === 0,
    words: "the bearer keys of the programs that may call the API, separated by commas",
  },
];

/** What starts without them, and is unbounded then. */
const UNBOUNDED: readonly Rule[] = [
  {
    name: "MAX_MESSAGES_PER_HOUR",
    when: ({ MAX_MESSAGES_PER_HOUR }) => MAX_MESSAGES_PER_HOUR === undefined,
    words: "nothing bounds what all messages together cost you",
  },
  {
    name: "ALLOWED_COUNTRIES",
    when: ({ ALLOWED_COUNTRIES, BLOCKED_COUNTRIES }) =>
      ALLOWED_COUNTRIES.length + BLOCKED_COUNTRIES.length === 0,
    words:
      "nor is BLOCKED_COUNTRIES, so strangers may send messages to the dearest destinations, at your cost",
  },
];

const UNSAFE: readonly Rule[] = [
  {
    name: "PUBLIC_BASE_URL",
    when: ({ PUBLIC_BASE_URL }) => isPlain(PUBLIC_BASE_URL),
    words: "codes and sessions need https",
  },
  {
    name: "TWILIO_ACCOUNT_SID",
    when: ({ TWILIO_ACCOUNT_SID }) => TWILIO_ACCOUNT_SID === SIMULATOR_ACCOUNT_SID,
    words: "it is the simulator's account, see `npm run demo`",
  },
  {
    name: "TWILIO_AUTH_TOKEN",
    when: ({ TWILIO_AUTH_TOKEN: token = "" }) =>
      token !== "" && (token.length < SHORTEST_AUTH_TOKEN || looksMadeUp(token)),
    words: `Twilio's have ${SHORTEST_AUTH_TOKEN} characters, and whoever guesses it writes its webhooks`,
  },
  {
    name: "SECRET_KEY",
    when: ({ SECRET_KEY }) => SECRET_KEY !== undefined && looksMadeUp(SECRET_KEY),
    words: "it was not drawn at random; take one from `openssl rand -base64 48`",
  },
  {
    name: "SECRET_KEY",
    when: ({ SECRET_KEY = "", TWILIO_AUTH_TOKEN, API_KEYS }) =>
      [TWILIO_AUTH_TOKEN, ...API_KEYS].includes(SECRET_KEY),
    words: "others know it: it is an API key or Twilio's token, too",
  },
  {
    name: "API_KEYS",
    when: ({ API_KEYS }) => API_KEYS.some((key) => key.length < SHORTEST_API_KEY || looksMadeUp(key)),
    words: `each key needs at least ${SHORTEST_API_KEY} characters, drawn at random`,
  },
  {
    name: "API_KEYS",
    when: ({ TWILIO_AUTH_TOKEN, API_KEYS }) => {
      const keys = [TWILIO_AUTH_TOKEN, ...API_KEYS];
      return new Set(keys).size < keys.length;
    },
    words: "one is listed twice, or is Twilio's token: each secret has one use and one holder",
  },
  {
    name: "OPERATORS",
    when: ({ OPERATORS }) => unreadableOperators(OPERATORS).length > 0,
    words: ({ OPERATORS }) =>
      `no. ${unreadableOperators(OPERATORS).join(", ")} cannot be read as a number that gets texts, so nobody signs in with it`,
  },
  {
    name: "CODE_LENGTH",
    when: ({ CODE_LENGTH }) => CODE_LENGTH < 5,
    words: (values) =>
      `within a year, strangers guess a number's code with a chance of ${yearlyChance(values)}`,
  },
  {
    name: "NODE_TLS_REJECT_UNAUTHORIZED",
    when: ({ NODE_TLS_REJECT_UNAUTHORIZED }) => NODE_TLS_REJECT_UNAUTHORIZED === "0",
    words: "codes and Twilio's token would go to whoever claims to be Twilio",
  },
];

const DOUBTFUL: readonly Rule[] = [
  {
    name: "DASHBOARD_ACCESS",
    when: ({ DASHBOARD_ACCESS }) => DASHBOARD_ACCESS === "open",
    words: "everybody who reaches this server reads the reports",
  },
  {
    name: "TRUSTED_PROXIES",
    when: ({ TRUSTED_PROXIES, PUBLIC_BASE_URL }) =>
      TRUSTED_PROXIES === 0 && PUBLIC_BASE_URL.startsWith("https:"),
    words:
      "it is 0 although https needs a proxy in front: unless that keeps the client's address, all clients have the proxy's, and one set of limits",
  },
  {
    name: "PUBLIC_BASE_URL",
    when: ({ PUBLIC_BASE_URL }) => isSet("PUBLIC_BASE_URL") && isLoopback(new URL(PUBLIC_BASE_URL).hostname),
    words: "it is this machine: nobody else can sign in, and Twilio reaches no webhook",
  },
  {
    name: "TWILIO_API_ORIGIN",
    when: ({ TWILIO_API_ORIGIN }) => TWILIO_API_ORIGIN !== undefined,
    words: "messages, and the account's token, go there and not to Twilio",
  },
  {
    name: "REDIRECT_ORIGINS",
    when: ({ REDIRECT_ORIGINS }) => REDIRECT_ORIGINS.some(isPlain),
    words: "a confirmed link leads to an address without https",
  },
  {
    name: "DATABASE_URL",
    when: ({ DATABASE_URL = "" }) => isPlainDatabase(DATABASE_URL),
    words: "it names another machine and no sslmode: numbers and sessions travel as they are",
  },
  {
    name: "BRAND_NAME",
    when: () => brandCost() !== null,
    words: () => brandCost() ?? "",
  },
  {
    name: "API_KEYS",
    when: ({ API_KEYS }) => API_KEYS.length > MOST_PROGRAMS,
    words: (values) =>
      `each of more than ${MOST_PROGRAMS} programs is one more way to guess: within a year, strangers guess a number's code with a chance of ${yearlyChance(values)}`,
  },
  {
    name: "CODE_LENGTH",
    when: ({ CODE_LENGTH }) => CODE_LENGTH === 5,
    words: (values) =>
      `within a year, strangers guess a number's code with a chance of ${yearlyChance(values)}`,
  },
  {
    name: "CODE_TTL_SECONDS",
    when: ({ CODE_TTL_SECONDS }) => CODE_TTL_SECONDS > HOUR_SECONDS,
    words: "a code lies about on its phone for more than an hour, and still signs in",
  },
  {
    name: "MAX_CHECKS",
    when: ({ MAX_CHECKS }) => MAX_CHECKS > 10,
    words: "more than 10 wrong codes are no slips of the finger",
  },
  {
    name: "RESEND_AFTER_SECONDS",
    when: ({ RESEND_AFTER_SECONDS }) => RESEND_AFTER_SECONDS < 10,
    words: "messages are asked for again before the first can have come",
  },
  {
    name: "TEST_NUMBERS",
    when: ({ TEST_NUMBERS }) => TEST_NUMBERS.length > 0,
    words: testNumbersInWords,
  },
  {
    name: "MAX_MESSAGES_PER_NUMBER_DAY",
    when: ({ MAX_MESSAGES_PER_NUMBER_DAY }) => MAX_MESSAGES_PER_NUMBER_DAY > 50,
    words: "strangers may send a number that many messages a day, at your cost",
  },
];

/** The ways in which a connection to PostgreSQL is encrypted for sure. */
const ENCRYPTED = new Set(["require", "verify-ca", "verify-full"]);

/** A socket of this machine has no host, or a path for one. */
function isPlainDatabase(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get("host") ?? hostname;
  const isHere = host === "" || host.startsWith("/") || isLoopback(host);
  return !isHere && !ENCRYPTED.has(searchParams.get("sslmode") ?? "");
}

/**
 * What keeps this configuration from being run in production, one sentence for each wrong, missing or unsafe variable, all at once;
 * empty when nothing does.
 */
export function productionFaults(): string[] {
  const wrong = configurationFaults();
  const others = withWhatIsRight(() => [...told(MISSING, "is not set"), ...told(UNSAFE, "is unsafe")]);
  const isWrong = (sentence: string) => wrong.some(({ name }) => sentence.startsWith(`${name} `));
  return [
    ...wrong.map(({ name, words }) => `${name} ${words}`),
    // One that is wrong counts as unset, which it is not.
    ...others.filter((sentence) => !isWrong(sentence)),
  ];
}

/** What may be meant, and is worth a look: one sentence for each. */
export function productionWarnings(): string[] {
  return [...told(UNBOUNDED, "is not set"), ...told(DOUBTFUL, "is doubtful")];
}

function told(rules: readonly Rule[], what: string): string[] {
  const values = env();
  return rules
    .filter(({ when }) => when(values))
    .map(({ name, words }) => `${name} ${what}: ${typeof words === "string" ? words : words(values)}`);
}
