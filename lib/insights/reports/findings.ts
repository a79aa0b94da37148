/**
 * Findings: the drops that watching has found, with what happened since they began and what kind they are.
 */
import { now } from "../../clock";
import { DAY } from "../../terms/durations";
import { readBlocks } from "./blocks";
import type { Alert } from "./alerts";
import type { Filters } from "../asking/filters";
import { ratio, type InsightsRow } from "../asking/metrics";
import { roundOutward } from "../asking/range";
import { rowOf, type ReportQuery } from "../asking/report";
import { ask, type Tally } from "../asking/tallies";
import type { Period } from "../counting/spans";

/**
 * `slow`: messages took many times as long to arrive, or most of what is missing came back too late. `pumping`: several times as many messages as before, to few blocks of
 * numbers; who does not answer there is likely no person. `drop`: anything else.
 */
export type FindingKind = "drop" | "slow" | "pumping";

export interface Finding extends Omit<Alert, "kind"> {
  kind: FindingKind;
  /** The messages of its destination, or of its network, since it began, until its end. */
  during: InsightsRow;
  /** Those of the 14 days before. */
  before: InsightsRow;
}

/** The most that are looked into, since every page does. */
const MOST_FINDINGS = 12;

const BASELINE_MS = 14 * DAY;

/** @param found of the same query, in order */
export async function readFindings({ filters }: ReportQuery, found: readonly Alert[]): Promise<Finding[]> {
  const alerts = found.slice(0, MOST_FINDINGS);
  if (alerts.length === 0) return [];
  const periods = alerts.flatMap((alert) => [stretchOf(alert), baselineOf(alert)]);
  const only = (values: readonly string[]) => ({ in: [...new Set(values)], notIn: [] });
  const ofCountries = {
    filters: { ...filters, country: only(alerts.map(({ country }) => country)) },
    by: ["country"] as const,
  };
  const networks = alerts.flatMap(({ network }) => network ?? []);
  const ofNetworks = {
    filters: { ...ofCountries.filters, network: only(networks) },
    by: ["country", "network"] as const,
  };
  const [wholes, parts] = await Promise.all([
    ask({ periods, ...ofCountries }),
    networks.length > 0 ? ask({ periods, ...ofNetworks }) : [],
  ]);
  const rowFor = ({ country, network }: Alert, period: number) => {
    const isIt = (tally: Tally) => tally.country === country && tally.period === period;
    if (network === null) return rowOf(wholes.find(isIt), ofCountries);
    return rowOf(
      parts.find((tally) => isIt(tally) && tally.network === network),
      ofNetworks,
    );
  };
  return Promise.all(
    alerts.map(async (alert, i): Promise<Finding> => {
      const [during, before] = [rowFor(alert, 2 * i), rowFor(alert, 2 * i + 1)];
      return { ...alert, during, before, kind: await kindOf(alert, during, before) };
    }),
  );
}

/** From where it began to where it ended, or to now. */
function stretchOf({ since, until }: Alert): Period {
  return roundOutward(since, until ?? now());
}

function baselineOf({ since }: Alert): Period {
  return roundOutward(new Date(since.getTime() - BASELINE_MS), since);
}

/** The kinds of findings that are over, by id: what their blocks say, which takes counting message by message, does not change any more. */
const overKinds = new Map<string, FindingKind>();

/** When there are more, all are forgotten. */
const MOST_REMEMBERED = 10_000;

async function kindOf(alert: Alert, during: InsightsRow, before: InsightsRow): Promise<FindingKind> {
  if (isSlow(alert, during, before)) return "slow";
  const known = overKinds.get(alert.id);
  if (known && alert.until) return known;
  const kind = (await isPumped(alert, during, before)) ? "pumping" : "drop";
  if (overKinds.size >= MOST_REMEMBERED) overKinds.clear();
  if (alert.until) overKinds.set(alert.id, kind);
  return kind;
}

/** So many times as long as before, and no less than so many seconds: people have given up by then. */
const SLOWER = 5;
const SLOW_SECONDS = 60;

function isSlow({ size }: Alert, during: InsightsRow, before: InsightsRow): boolean {
  const late = ratio(during.mature.late, during.mature.attempted) ?? 0;
  if (size !== null && late > size / 2) return true;
  const [now, usual] = [during.deliveryLatency?.p50, before.deliveryLatency?.p50];
  return Boolean(now && usual && now >= SLOW_SECONDS && now >= SLOWER * usual);
}

/** So many times as many messages as before, per hour. */
const GROWTH = 3;

/** So large a part of them goes to one block of 1,000 numbers. */
const TOP_BLOCK_SHARE = 0.15;

async function isPumped(alert: Alert, during: InsightsRow, before: InsightsRow): Promise<boolean> {
  const range = stretchOf(alert);
  const usual = (before.attempted / BASELINE_MS) * (range.to.getTime() - range.from.getTime());
  // Blocks are counted message by message: only where there are more than usual is that worth it.
  if (during.attempted < GROWTH * Math.max(1, usual)) return false;
  const filters: Filters = { country: { in: [alert.country], notIn: [] } };
  if (alert.network !== null) filters.network = { in: [alert.network], notIn: [] };
  const query: ReportQuery = { range: { ...range, tz: "UTC" }, filters, compare: "none" };
  const blocks = await readBlocks(query, { limit: 1 });
  return !blocks.tooMany && (blocks.report.topBlockShare ?? 0) >= TOP_BLOCK_SHARE;
}
