/**
 * What was found of a group of messages, and how groups are added up.
 */
import { addCounts, noCounts, type Counts } from "../counting/counts";
import { addHistogram, type Histogram } from "../counting/latency";

/** Money spent on messages, in 1/100,000 of the currency's unit. */
export interface Spent {
  /** Messages with a price. */
  priced: number;
  amount: number;
  /** The part spent on confirmed messages. */
  confirmedAmount: number;
}

export interface Latencies {
  /** Seconds from Twilio's acceptance to the right secret, of those in time. */
  timeToConfirm: Histogram;
  /** Seconds from Twilio's acceptance to the first delivery receipt. */
  delivery: Histogram;
}

/** What there is of messages requested, and verifications started, within a stretch of time. */
export interface Measured {
  counts: Counts;
  /** Null where they are not kept. */
  latencies: Latencies | null;
  /** By currency. */
  spend: Map<string, Spent>;
  /** By Twilio's code, "" where it gave none. */
  errors: Map<string, number>;
  refusals: Map<string, number>;
}

/** @param withLatencies whether they are kept of what is measured */
export function nothingMeasured(withLatencies: boolean): Measured {
  return {
    counts: noCounts(),
    latencies: withLatencies ? { timeToConfirm: [], delivery: [] } : null,
    spend: new Map(),
    errors: new Map(),
    refusals: new Map(),
  };
}

/** Adds `more` to `total`, in place. */
export function addMeasured(total: Measured, more: Measured): void {
  addCounts(total.counts, more.counts);
  if (more.latencies) addLatencies(total, more.latencies);
  for (const [currency, spent] of more.spend) addSpent(total, currency, spent);
  for (const [code, n] of more.errors) addTo(total.errors, code, n);
  for (const [code, n] of more.refusals) addTo(total.refusals, code, n);
}

/** Of a total that keeps none, nothing is added. */
export function addLatencies(
  { latencies }: Measured,
  more: Record<keyof Latencies, readonly (number | null)[]>,
): void {
  if (!latencies) return;
  addHistogram(latencies.timeToConfirm, more.timeToConfirm);
  addHistogram(latencies.delivery, more.delivery);
}

export function addSpent({ spend }: Measured, currency: string, more: Spent): void {
  const before = spend.get(currency) ?? { priced: 0, amount: 0, confirmedAmount: 0 };
  spend.set(currency, {
    priced: before.priced + more.priced,
    amount: before.amount + more.amount,
    confirmedAmount: before.confirmedAmount + more.confirmedAmount,
  });
}

export function addTo(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}
