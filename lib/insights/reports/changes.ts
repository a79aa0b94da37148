/**
 * What changed: destinations ranked by the confirmations they lost against the range compared with, with the likeliest reason.
 */
import { MINUTE_SECONDS } from "../../terms/durations";
import { destinationsFrom, destinationsQuestion, type Destination } from "./destinations";
import { errorWords } from "../../terms/twilio-codes";
import type { Range } from "../asking/range";
import type { Change, ReportQuery } from "../asking/report";
import { askTogether, type Tally } from "../asking/tallies";

export interface Reason {
  kind: "error" | "delivery" | "network" | "latency";
  /** A sentence's beginning without its full stop. */
  words: string;
  /** Of `error`: Twilio's. */
  code?: number | null;
  /** Of `network`. */
  network?: string | null;
}

/** A destination whose conversion changed by more than chance explains: both its rates are known. */
export type Moved = Destination & { change: Change & { lost: number } };

export type ChangedDestination = Moved & {
  reasons: Reason[];
};

export interface Changes {
  range: Range;
  previousRange: Range | null;
  /** Those that lost most first; only changes beyond noise, of more than low samples. */
  rows: ChangedDestination[];
  /** Those that won most first. */
  gains: Moved[];
}

/** Reasons are looked for in no more destinations than people read. */
const MOST_ROWS = 10;

export async function readChanges(query: ReportQuery, limit = MOST_ROWS): Promise<Changes> {
  const [byCountry, byNetwork] = await askTogether([
    destinationsQuestion(query),
    destinationsQuestion(query, "network"),
  ]);
  const all = destinationsFrom(byCountry, query, { sort: { key: "lost", descending: true } });
  const moved = all.rows.filter(hasMoved);
  const losers = moved.filter(({ change }) => change.lost > 0).slice(0, Math.min(limit, MOST_ROWS));
  const gains = moved
    .filter(({ change }) => change.lost < 0)
    .reverse()
    .slice(0, Math.min(limit, MOST_ROWS));
  return {
    range: all.range,
    previousRange: all.previousRange,
    rows: losers.map((row) => withReasons(row, byCountry, byNetwork)),
    gains,
  };
}

function hasMoved(row: Destination): row is Moved {
  return row.change !== null && row.change.beyondNoise && row.change.lost !== null && !row.lowSample;
}

function withReasons(
  row: Moved,
  byCountry: readonly Tally[],
  byNetwork: readonly Tally[],
): ChangedDestination {
  const of = (tallies: readonly Tally[], period: number) =>
    tallies.filter((tally) => tally.country === row.country && tally.period === period);
  const [now] = of(byCountry, 0);
  const [before] = of(byCountry, 1);
  const reasons = [
    errorReason(now, before),
    networkReason(of(byNetwork, 0), of(byNetwork, 1), row.change.lost),
    deliveryReason(now, before),
    latencyReason(row, now, before),
  ];
  return { ...row, reasons: reasons.filter((reason) => reason !== null) };
}

/** A share of messages that changed by less than this, of 1, is no reason. */
const NOTABLE_RISE = 0.03;

/** The error whose share of attempted messages rose most. */
function errorReason(now: Tally | undefined, before: Tally | undefined): Reason | null {
  if (!now) return null;
  const rises = [...now.all.errors].map(([key, n]) => {
    const share = n / now.all.counts.attempted;
    const earlier = before ? (before.all.errors.get(key) ?? 0) / Math.max(1, before.all.counts.attempted) : 0;
    return { key, share, rise: share - earlier };
  });
  const most = rises.sort((a, b) => b.rise - a.rise)[0];
  if (!most || most.rise < NOTABLE_RISE) return null;
  const code = most.key === "" ? null : Number(most.key);
  const words = `${percent(most.share)} of messages failed with ${code ?? "no code"}: ${errorWords(code)}`;
  return { kind: "error", code, words };
}

/** The network that most of the loss is on, when it is more than the others together. */
function networkReason(now: Tally[], before: Tally[], lost: number): Reason | null {
  const losses = now.map((tally) => {
    const earlier = before.find(({ network }) => network === tally.network);
    const rate = ({ mature }: Tally) => mature.counts.confirmed / Math.max(1, mature.counts.attempted);
    const loss = earlier ? (rate(earlier) - rate(tally)) * tally.mature.counts.attempted : 0;
    return { network: tally.network || null, loss };
  });
  const most = losses.sort((a, b) => b.loss - a.loss)[0];
  if (!most || now.length < 2 || most.loss < lost / 2) return null;
  const network = most.network ?? "numbers of an unknown network";
  return { kind: "network", network: most.network, words: `Most of it is on ${network}` };
}

function deliveryReason(now: Tally | undefined, before: Tally | undefined): Reason | null {
  const share = (tally: Tally | undefined) =>
    tally ? tally.mature.counts.statusOk / Math.max(1, tally.mature.counts.attempted) : null;
  const [current, earlier] = [share(now), share(before)];
  if (current === null || earlier === null) return null;
  if (earlier - current >= NOTABLE_RISE) {
    return { kind: "delivery", words: `${percent(current)} were delivered, ${percent(earlier)} before` };
  }
  return Math.abs(earlier - current) < 0.01
    ? { kind: "delivery", words: "As many as before were delivered, but fewer were answered" }
    : null;
}

function latencyReason(row: Destination, now: Tally | undefined, before: Tally | undefined): Reason | null {
  const late = (tally: Tally | undefined) =>
    tally ? tally.mature.counts.late / Math.max(1, tally.mature.counts.attempted) : 0;
  if (late(now) - late(before) < 0.01) return null;
  const seconds = row.deliveryLatency?.p95;
  const slow = seconds ? `; 95 of 100 arrived within ${span(seconds)}` : "";
  return { kind: "latency", words: `${percent(late(now))} came back too late${slow}` };
}

function span(seconds: number): string {
  return seconds < MINUTE_SECONDS
    ? `${seconds.toFixed(1)}\u00a0s`
    : `${(seconds / MINUTE_SECONDS).toFixed(1)}\u00a0min`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
