/**
 * Alerts: the conversion drops that watching has found (lib/insights/counting/watch-conversion.ts); a look at them costs nothing.
 */
import { moments, type Column } from "./csv";
import { countFilters } from "../asking/filters";
import { matureUntil } from "../counting/maturity";
import { lostConversions, ratio, UNIT } from "../asking/metrics";
import { read } from "../asking/read";
import type { Range } from "../asking/range";
import type { ReportQuery } from "../asking/report";
import { empty, raw, sql, type Sql } from "../../db";
import { wilson } from "../statistics/wilson";

/** A conversion drop of a destination, or of one network of it. All conversions here are in time: (confirmed − late) ÷ attempted. */
export interface Alert {
  id: string;
  kind: "conversion_drop";
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Null where it is of all of the country; a network, where its country's others did not fall. */
  network: string | null;
  since: Date;
  openedAt: Date;
  /** Null while it lasts. */
  until: Date | null;
  open: boolean;
  baseline: number;
  baselineAttempted: number;
  attempted: number;
  confirmed: number;
  conversion: number | null;
  conversionLow: number | null;
  conversionHigh: number | null;
  /** Baseline − conversion. */
  size: number | null;
  /** Logins that would have been: (baseline − conversion) × attempted. */
  lost: number | null;
  /** Spent in US dollars on messages that nobody confirmed; null where none has a price. */
  wasted: number | null;
  /** When somebody said that they have seen it, and what they know of it. */
  acknowledgedAt: Date | null;
  note: string | null;
}

/** An alert's fields, in the order that a file has them. */
export const ALERT_COLUMNS: readonly Column<Alert>[] = [
  "id",
  "kind",
  "country",
  "network",
  ...moments("since", "openedAt", "until"),
  "open",
  "baseline",
  "baselineAttempted",
  "attempted",
  "confirmed",
  "conversion",
  "conversionLow",
  "conversionHigh",
  "size",
  "lost",
  "wasted",
  ...moments("acknowledgedAt"),
  "note",
];

export interface Alerts {
  range: Range;
  /** Open ones first, then by what was lost. */
  rows: Alert[];
}

/**
 * The drops of which some part lies in the range, of the places that the filters let through. Who asks for networks asks for their own.
 *
 * What is open to everybody counts them again without what is not for everybody: else a sum that grows while the others stay tells of it.
 */
export async function readAlerts({ range, filters }: ReportQuery): Promise<Alerts> {
  const mature = matureUntil();
  const { country, network, forEverybody } = filters;
  const counted = (table: Sql, scope: Sql) => sql`
    select attempted, confirmed - late as in_time, usd_priced, usd_amount, usd_confirmed_amount from ${table} c
    where c.country = d.country and (d.network = '' or c.network = d.network)
      and c.at >= d.since and c.at < coalesce(d.until, ${mature}::timestamptz) ${scope} ${countFilters({ forEverybody }, "c")}`;
  const found = await read<Stored[]>`
    select id, country, nullif(network, '') as network, since, opened_at as "openedAt", until, baseline_attempted as "baselineAttempted",
      baseline_confirmed as "baselineConfirmed", acknowledged_at as "acknowledgedAt", note, ${raw(forEverybody ? "told" : "d")}.attempted,
      ${raw(forEverybody ? "told" : "d")}.confirmed, told.wasted
    from alert d cross join lateral (
      select coalesce(sum(attempted), 0)::int as attempted, coalesce(sum(in_time), 0)::int as confirmed,
        case when sum(usd_priced) > 0 then sum(usd_amount - usd_confirmed_amount)::float8 / ${UNIT} end as wasted
      from (
        ${counted(sql`cell`, sql`and c.scope = (case when d.network = '' then 'country' else 'network' end)::cell_scope and c.span = 'quarter'`)}
        union all
        ${counted(sql`delta`, empty)}
      ) counted
    ) told
    where since < ${range.to}::timestamptz and (until is null or until > ${range.from}::timestamptz)
      ${countFilters({ country, network }, "d")} ${network ? sql`and d.network <> ''` : empty}`;
  const rows = found
    .map(alertOf)
    .sort((a, b) => Number(b.open) - Number(a.open) || (b.lost ?? 0) - (a.lost ?? 0));
  return { range, rows };
}

interface Stored {
  id: string;
  country: string;
  network: string | null;
  since: Date;
  openedAt: Date;
  until: Date | null;
  baselineAttempted: number;
  baselineConfirmed: number;
  attempted: number;
  confirmed: number;
  wasted: number | null;
  acknowledgedAt: Date | null;
  note: string | null;
}

function alertOf({ baselineConfirmed, ...stored }: Stored): Alert {
  const { attempted, confirmed, baselineAttempted } = stored;
  const baseline = baselineConfirmed / baselineAttempted;
  const conversion = ratio(confirmed, attempted);
  const interval = wilson(confirmed, attempted);
  return {
    ...stored,
    kind: "conversion_drop",
    open: stored.until === null,
    baseline,
    conversion,
    conversionLow: interval?.low ?? null,
    conversionHigh: interval?.high ?? null,
    size: conversion === null ? null : baseline - conversion,
    lost: lostConversions(baseline, conversion, attempted),
  };
}
