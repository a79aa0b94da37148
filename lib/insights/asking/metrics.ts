/**
 * The metrics, each as one function of what was counted; what they are called and mean stands in lib/terms/metrics.ts. SQL returns counts; only these
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
export const UNIT = 100_000;

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
