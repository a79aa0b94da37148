/**
 * One destination: how far its messages came, over which networks, and why not further.
 */
import type { TrackedAction } from "../../terms/actions";
import { destinationsFrom, destinationsQuestion, type Destination, type Sort } from "./destinations";
import { errorRows, type ErrorRow } from "./errors";
import { BIN_LIMITS_MS } from "../counting/latency";
import type { InsightsRow } from "../asking/metrics";
import { comparisonRange, type Range } from "../asking/range";
import { changeOf, periodsOf, rowOf, type Change, type ReportQuery } from "../asking/report";
import { readAddressPressure, pressureFrom, pressureQuestions, type Pressure } from "./pressure";
import { askTogether, type Tally } from "../asking/tallies";

/** The way of all messages that were requested, each step a part of the one before. */
export interface Funnel {
  requested: number;
  /** By Twilio: they have a SID. */
  accepted: number;
  /** Delivered by receipt or, whatever the receipt says, confirmed. */
  delivered: number;
  confirmed: number;
  /** Those confirmed whose feedback Twilio has. */
  reported: number;
}

/** A bin of the time to confirm, in seconds; `to` is null for the open one. */
export interface Bin {
  from: number;
  to: number | null;
  messages: number;
}

export interface DestinationReport {
  range: Range;
  previousRange: Range | null;
  country: string;
  current: InsightsRow;
  previous: InsightsRow | null;
  change: Change | null;
  funnel: Funnel;
  /** In the order asked for; by attempted, most first, where none is. */
  networks: Destination[];
  actions: ({ action: TrackedAction } & InsightsRow)[];
  errors: ErrorRow[];
  timeToConfirm: Bin[];
  pressure: Pressure;
}

interface DestinationOptions {
  /** Whether it has client addresses, which are for operators and programs only. */
  withAddresses?: boolean;
  /** Of its networks. */
  sort?: Sort;
}

/** @param query filters of other countries are not for this report */
export async function readDestination(
  query: ReportQuery,
  country: string,
  { withAddresses = false, sort = { key: "attempted", descending: true } }: DestinationOptions = {},
): Promise<DestinationReport> {
  const ofCountry = { ...query, filters: { ...query.filters, country: { in: [country], notIn: [] } } };
  const { filters } = ofCountry;
  const periods = periodsOf(query);
  const pressed = pressureQuestions(query.range.to, filters);
  const addresses = withAddresses ? await readAddressPressure(query.range.to, filters) : [];
  const [found, byAction, byNetwork, ...pressures] = await askTogether([
    { periods, filters },
    { periods: [query.range], filters, by: ["action"] },
    destinationsQuestion(ofCountry, "network"),
    ...pressed,
  ]);
  const [now, before] = [0, 1].map((n) => found.find(({ period }) => period === n));
  const current = rowOf(now, { filters });
  const previous = periods.length > 1 ? rowOf(before, { filters }) : null;
  const networks = destinationsFrom(byNetwork, ofCountry, { by: "network", sort });
  return {
    range: query.range,
    previousRange: comparisonRange(query.range, query.compare),
    country,
    current,
    previous,
    change: previous && changeOf(current, previous),
    funnel: funnelOf(current),
    networks: networks.rows,
    actions: byAction
      .map((tally) => ({ action: tally.action, ...rowOf(tally, { filters }) }))
      .sort((a, b) => b.attempted - a.attempted),
    errors: errorRows(now?.all, periods.length > 1 ? before?.all : null),
    timeToConfirm: binsOf(now),
    pressure: await pressureFrom(pressures, addresses),
  };
}

function funnelOf({ attempted, refused, unknown, delivered, confirmed, reported }: InsightsRow): Funnel {
  return { requested: attempted + refused + unknown, accepted: attempted, delivered, confirmed, reported };
}

/** Of mature messages, as the percentiles beside it. */
function binsOf(tally: Tally | undefined): Bin[] {
  return (tally?.mature.latencies?.timeToConfirm ?? []).map((messages, i) => ({
    from: (BIN_LIMITS_MS[i - 1] ?? 0) / 1000,
    to: BIN_LIMITS_MS[i] === undefined ? null : BIN_LIMITS_MS[i] / 1000,
    messages,
  }));
}
