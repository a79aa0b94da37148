/**
 * The rows of reports, as the document has them. What reports return is held to these by the compiler, where they are answered.
 */
import { z } from "zod";
import { CHANNEL_NAMES } from "../../terms/channels";
import { COUNT_NAMES, METRICS, RATE_NAMES } from "../../terms/metrics";
import { tableOf } from "../../terms/names";
import {
  EVERYWHERE,
  FIRST_DESTINATIONS,
  PLACE_STATE_NAMES,
  PLACE_STATES,
  STATE_CAUSE_NAMES,
  STATE_CAUSES,
} from "../../terms/place-states";

export const count = z.int();
export const rate = z.number().nullable();
const counts = tableOf(COUNT_NAMES, () => count);
export const seconds = z.number().nullable();
export const moment = z.date();

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

const rates = tableOf(RATE_NAMES, (name) => rate.meta({ description: METRICS[name] }));
const { conversion: _conversion, priceCoverage, feedbackCoverage, ...otherRates } = rates;

export const rowFields = {
  ...counts,
  mature: matureCounts,
  conversion: rates.conversion,
  conversionLow: rate.meta({ description: METRICS.interval }),
  conversionHigh: rate,
  lowSample: z.boolean().meta({ description: METRICS.lowSample }),
  ...otherRates,
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
  priceCoverage,
  feedbackCoverage,
};
export const Row = z
  .object(rowFields)
  .meta({ id: "InsightsRow", description: "Counts, and the rates next to them." });

export const RangeBody = z
  .object({ from: moment, to: moment, tz: z.string() })
  .meta({ id: "Range", description: "As it was understood: rounded outward to 15 minutes." });

export const ChangeBody = z
  .object({ conversion: rate, low: rate, high: rate, beyondNoise: z.boolean(), lost: z.number().nullable() })
  .meta({
    id: "Change",
    description: "Current − previous conversion with Newcombe's 95 % interval; confirmations lost.",
  });

export const DestinationBody = z
  .object({
    country: z.string(),
    network: z.string().nullable().optional(),
    sender: z.string().nullable().optional(),
    channel: z.enum(CHANNEL_NAMES).nullable().optional(),
    locale: z.string().nullable().optional(),
    ...rowFields,
    share: rate,
    previous: z
      .object({
        attempted: count,
        conversion: rate,
        conversionLow: rate,
        conversionHigh: rate,
        lowSample: z.boolean(),
      })
      .nullable(),
    change: ChangeBody.nullable(),
  })
  .meta({ id: "Destination" });

/** What becomes of messages there now; whoever has no key learns only that it is so. */
export const StateBody = z
  .object({
    is: z.enum(PLACE_STATE_NAMES).meta({
      description: PLACE_STATE_NAMES.map((name) => `\`${name}\`: ${PLACE_STATES[name].explains}`).join(" "),
    }),
    by: z
      .enum(STATE_CAUSE_NAMES)
      .nullable()
      .meta({
        description: `${STATE_CAUSE_NAMES.map((name) => `\`${name}\`: ${STATE_CAUSES[name]}.`).join(" ")} Null of what is open.`,
      }),
    of: z
      .string()
      .nullable()
      .meta({
        description: `The place of which that is so: the row’s own, its network, its country, \`${FIRST_DESTINATIONS}\` (all countries without a confirmation in two weeks) or \`${EVERYWHERE}\` (everything together).`,
      }),
    perHour: count.nullable().meta({ description: "Of a cap. For operators and programs with a key." }),
    reason: z
      .string()
      .nullable()
      .meta({ description: "Of what people said. For operators and programs with a key." }),
    until: moment
      .nullable()
      .meta({ description: "When that ends, where it does. For operators and programs with a key." }),
  })
  .meta({ id: "PlaceState", description: "What becomes of messages to a place now, whatever the range." });

const { mature: _, ...bucketFields } = rowFields;
export const BucketBody = z
  .object({
    start: moment,
    end: moment,
    ...bucketFields,
    mature: z.boolean().meta({ description: "No confirmation in time can come to it any more." }),
    final: z.boolean().meta({ description: "Not even a late one." }),
    matureCounts,
  })
  .meta({ id: "Bucket" });

export const ErrorBody = z
  .object({
    kind: z.enum(["error", "refusal"]),
    code: z.int().nullable(),
    words: z.string(),
    messages: count,
    share: rate,
    previous: count.nullable(),
  })
  .meta({ id: "ErrorRow" });
