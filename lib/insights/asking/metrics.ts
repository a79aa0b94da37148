/**
 * The metrics, each defined once: in words for people, and as one function of what was counted. SQL returns counts; only these
 * functions divide.
 *
 * Rates are of mature messages: those for whose action it is too late to be in time. A younger message is on its way, not lost.
 */
import { LOW_SAMPLE } from "../../terms/limits";
import { countsBy, type Counts } from "../counting/counts";
import { countOf, percentile, type Histogram } from "../counting/latency";
import type { Measured } from "./measured";
import type { Tally } from "./tallies";
import { wilson } from "../statistics/wilson";

export const METRICS = {
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
  mature:
    "The part in quarter-hours that ended longer ago than a secret's lifetime and 5 minutes. Rates are of these.",
  conversion: "OTP conversion: confirmed ÷ attempted.",
  interval: "The 95 % Wilson score interval of the conversion.",
  lowSample: "Fewer than 30 mature messages: too few for a rate to be ranked.",
  inTimeConversion: "(Confirmed − late) ÷ attempted.",
  deliveredConversion:
    "Confirmed ÷ messages that are status OK or confirmed. A confirmed message did arrive, whatever its receipt says.",
  contradicted: "Confirmed messages whose status is not OK: an error, or still on their way.",
  successRate: "Approved ÷ verifications with a SID, canceled ones left out.",
  resendRate: "Verifications with two messages or more ÷ all verifications.",
  recoveryRate: "Approved ÷ verifications with two messages or more.",
  timeToConfirm: "From Twilio's acceptance of a message until its secret came back in time.",
  deliveryLatency: "From Twilio's acceptance of a message until its first delivery receipt.",
  spend: "The sum of the messages' prices, per currency.",
  costPerConversion: "Spend ÷ confirmed.",
  wasted: "Spend on messages that were not confirmed.",
  priceCoverage: "Messages whose price Twilio has told ÷ attempted. Prices come hours later.",
  feedbackCoverage: "Confirmed messages that Twilio has taken the feedback of ÷ confirmed.",
  pressure:
    "Unverified pressure: messages of the last 24 hours that were not confirmed ÷ max(20, 0.2 × the most confirmed in one of the 14 days before, 0.2 × those confirmed in the 24 hours); of the last hour ÷ max(3, a sixth of that, 0.2 × those confirmed in the hour). Of an address ÷ max(10, 0.2 × confirmed), of its hour ÷ max(5, 0.2 × confirmed ÷ 6). Above 1 is unusual.",
  lost: "(Baseline − current conversion) × attempted: how many more would have been confirmed.",
} as const;

/** A rate from 0 to 1; null when there is nothing to divide by: 0 of 0 is no rate, least of all 0 %. */
export type Rate = number | null;

/** Seconds. */
export interface TimeToConfirm {
  /** How many were measured. */
  n: number;
  p50: number | null;
  p90: number | null;
  p99: number | null;
}

/** Seconds. */
export interface DeliveryLatency {
  n: number;
  p50: number | null;
  p95: number | null;
}

export interface Spend {
  /** ISO 4217, as Twilio gives it. */
  currency: string;
  /** Messages with a price. */
  priced: number;
  amount: number;
  /** Of mature messages; null when none of them was confirmed. */
  costPerConversion: number | null;
  /** Of mature messages. */
  wasted: number;
}

/** What every report says of a set of messages: counts, and the rates next to them. */
export interface InsightsRow extends Counts {
  mature: Pick<
    Counts,
    "attempted" | "statusOk" | "errors" | "delivered" | "confirmed" | "late" | "verifications" | "approved"
  >;
  conversion: Rate;
  conversionLow: Rate;
  conversionHigh: Rate;
  lowSample: boolean;
  inTimeConversion: Rate;
  deliveredConversion: Rate;
  successRate: Rate;
  resendRate: Rate;
  recoveryRate: Rate;
  /** Null where latencies are not kept: of single networks. */
  timeToConfirm: TimeToConfirm | null;
  deliveryLatency: DeliveryLatency | null;
  spend: Spend[];
  priceCoverage: Rate;
  feedbackCoverage: Rate;
}

/** A row of a report from what was tallied. */
export function insightsRow({ all, mature }: Pick<Tally, "all" | "mature">): InsightsRow {
  const counted = mature.counts;
  const { attempted, statusOk, errors, delivered, confirmed, late, verifications, approved } = counted;
  const interval = wilson(confirmed, attempted);
  return {
    ...pickCounts(all.counts),
    mature: { attempted, statusOk, errors, delivered, confirmed, late, verifications, approved },
    conversion: conversion(counted),
    conversionLow: interval?.low ?? null,
    conversionHigh: interval?.high ?? null,
    lowSample: attempted < LOW_SAMPLE,
    inTimeConversion: ratio(confirmed - late, attempted),
    deliveredConversion: ratio(confirmed, statusOk + counted.contradicted),
    successRate: ratio(approved, verifications),
    resendRate: ratio(counted.resent, verifications),
    recoveryRate: ratio(counted.recovered, counted.resent),
    timeToConfirm: mature.latencies && timeToConfirm(mature.latencies.timeToConfirm),
    deliveryLatency: mature.latencies && deliveryLatency(mature.latencies.delivery),
    spend: spendOf(all, mature),
    priceCoverage: ratio(sum([...mature.spend.values()].map(({ priced }) => priced)), attempted),
    feedbackCoverage: ratio(all.counts.reported, all.counts.confirmed),
  };
}

/** OTP conversion: confirmed ÷ attempted. */
export function conversion({ attempted, confirmed }: Pick<Counts, "attempted" | "confirmed">): Rate {
  return ratio(confirmed, attempted);
}

export function ratio(part: number, whole: number): Rate {
  return whole === 0 ? null : part / whole;
}

/**
 * Confirmations that are missing: (baseline − current) × attempted. Negative when there are more than before.
 *
 * @returns null when one of the two has no rate
 */
export function lostConversions(baseline: Rate, current: Rate, attempted: number): number | null {
  return baseline === null || current === null ? null : (baseline - current) * attempted;
}

function timeToConfirm(histogram: Histogram): TimeToConfirm {
  return {
    n: countOf(histogram),
    p50: percentile(histogram, 0.5),
    p90: percentile(histogram, 0.9),
    p99: percentile(histogram, 0.99),
  };
}

function deliveryLatency(histogram: Histogram): DeliveryLatency {
  return { n: countOf(histogram), p50: percentile(histogram, 0.5), p95: percentile(histogram, 0.95) };
}

/** Amounts are counted in 1/100,000 of a unit. */
const UNIT = 100_000;

function spendOf(all: Measured, mature: Measured): Spend[] {
  return [...all.spend]
    .sort(([, a], [, b]) => b.amount - a.amount)
    .map(([currency, { priced, amount }]) => {
      const ofMature = mature.spend.get(currency) ?? { priced: 0, amount: 0, confirmedAmount: 0 };
      const { confirmed } = mature.counts;
      return {
        currency,
        priced,
        amount: amount / UNIT,
        costPerConversion: confirmed === 0 ? null : ofMature.amount / UNIT / confirmed,
        wasted: (ofMature.amount - ofMature.confirmedAmount) / UNIT,
      };
    });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

function pickCounts(counts: Counts): Counts {
  return countsBy((name) => counts[name]);
}
