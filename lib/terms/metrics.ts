/**
 * The metrics in words, each once: what the API, its document and the dashboard say of it. What they are computed by stands in
 * lib/insights/asking/metrics.ts.
 */
import { SETTLED_FIRST } from "./maturity";
import { namesOf, tableOf } from "./names";
import { LOW_SAMPLE } from "./limits";

interface RateTerms {
  /** What a tile or a column calls it. */
  name: string;
  /** What is divided, and by what. */
  part: string;
  whole: string;
  /** What else there is to know. */
  note?: string;
}

/** The rates every row of a report has; 0 of 0 is none. In the order of files. */
export const RATES = {
  conversion: { name: "OTP conversion", part: "confirmed", whole: "attempted" },
  inTimeConversion: { name: "In-time conversion", part: "(confirmed − late)", whole: "attempted" },
  deliveredConversion: {
    name: "Delivered conversion",
    part: "confirmed",
    whole: "messages that are status OK or confirmed",
    note: "A confirmed message did arrive, whatever its receipt says.",
  },
  successRate: {
    name: "Success rate",
    part: "approved",
    whole: "verifications with a SID, canceled ones left out",
  },
  resendRate: {
    name: "Resend rate",
    part: "verifications with two messages or more",
    whole: "all verifications",
  },
  recoveryRate: {
    name: "Recovery rate",
    part: "approved",
    whole: "verifications with two messages or more",
  },
  priceCoverage: {
    name: "Price coverage",
    part: "messages whose price Twilio has told",
    whole: "attempted",
    note: "Prices come hours later.",
  },
  feedbackCoverage: {
    name: "Feedback coverage",
    part: "confirmed messages that Twilio was told of",
    whole: "confirmed",
  },
} as const satisfies Record<string, RateTerms>;

export type RateName = keyof typeof RATES;

export const RATE_NAMES = namesOf(RATES);

/** `Confirmed ÷ attempted.`, and what else there is to know. */
export function rateWords(rate: RateName): string {
  const { part, whole, note }: RateTerms = RATES[rate];
  const sentence = `${part} ÷ ${whole}.`.replace(/[a-z]/, (first) => first.toUpperCase());
  return note ? `${sentence} ${note}` : sentence;
}

/** What each count counts, in the order of answers and files. */
export const COUNTS = {
  attempted: "Messages that have a SID, that is those Twilio took.",
  statusOk: "Attempted messages whose status is sent, delivered or read.",
  errors: "Attempted messages whose status is failed or undelivered.",
  inFlight: "Attempted messages whose status is accepted, scheduled, queued or sending.",
  canceled: "Attempted messages that were canceled before they were sent.",
  refused: "Messages Twilio refused; not attempted.",
  unknown: "Messages whose answer from Twilio has not come: no SID, not refused; not attempted.",
  delivered:
    "Attempted messages that arrived: with a delivery receipt or, whatever the receipt says, confirmed.",
  confirmed:
    "Attempted messages whose own secret came back right, as Twilio is told; at most one per verification.",
  late: "Confirmed messages whose secret came after expiry, up to 24 hours: nobody was let in, but the message did arrive.",
  contradicted: "Confirmed messages whose status is not OK: an error, or still on their way.",
  reported: "Confirmed messages that Twilio was told of, and took the feedback of.",
  verifications: "Verifications with a SID that were not canceled.",
  approved: "Verifications whose secret came back right in time.",
  resent: "Verifications with two messages or more.",
  recovered: "Those of them that were approved.",
  denied: "Verifications by link whose recipient answered that it was not them who asked.",
} as const;

export type CountName = keyof typeof COUNTS;

export const COUNT_NAMES = namesOf(COUNTS);

const rates = tableOf(RATE_NAMES, rateWords);

/** Every figure of a report. */
export const METRICS = {
  ...COUNTS,
  ...rates,
  conversion: `${RATES.conversion.name}: ${RATES.conversion.part} ÷ ${RATES.conversion.whole}.`,
  mature:
    "The part in quarter-hours that ended longer ago than a secret's lifetime and 5 minutes. Rates are of these.",
  interval: "The 95 % Wilson score interval of the conversion.",
  lowSample: `Fewer than ${LOW_SAMPLE} mature messages: too few for a rate to be ranked.`,
  timeToConfirm: "From Twilio's acceptance of a message until its secret came back in time.",
  deliveryLatency: "From Twilio's acceptance of a message until its first delivery receipt.",
  spend: "The sum of the messages' prices, per currency.",
  costPerConversion: "Spend ÷ confirmed.",
  wasted: "Spend on messages that were not confirmed.",
  pressure:
    "Unverified pressure: messages of the last 24 hours that were not confirmed ÷ max(20, 0.3 × the most confirmed in one of the 14 days before, 0.3 × those confirmed in the 24 hours); of the last hour ÷ max(3, 0.2 × that most ÷ 6, 0.2 × those confirmed in the hour). Of an address ÷ max(10, 0.3 × confirmed), of its hour ÷ max(5, 0.2 × confirmed ÷ 6). Above 1 is unusual.",
  lost: "(Baseline − current conversion) × attempted: how many more would have been confirmed.",
} as const;

/** The figures of the dashboard, by the names they go by. */
export const FIGURES = {
  attempted: "Attempted",
  statusOk: "Status OK",
  conversion: RATES.conversion.name,
  successRate: RATES.successRate.name,
  timeToConfirm: "Time to confirm",
  costPerConversion: "Cost per conversion",
  feedbackCoverage: RATES.feedbackCoverage.name,
  interval: "Interval",
  confirmed: "Confirmed",
  change: "Change",
  noise: "Within noise",
  mature: SETTLED_FIRST,
  spend: "Spend",
  lost: "Lost",
  lowSample: "Low sample",
} as const;

export type Figure = keyof typeof FIGURES;
