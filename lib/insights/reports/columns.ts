/**
 * The reports' columns as files: the same figures as in JSON, under dotted names.
 */
import type { BlockRow } from "./blocks";
import { maskedNumber, moments, type Column } from "./csv";
import type { Breakdown } from "../../terms/dimensions";
import { COUNT_NAMES, RATE_NAMES } from "../../terms/metrics";
import type { Destination } from "./destinations";
import type { InsightsRow, Spend } from "../asking/metrics";
import type { Bucket } from "./timeseries";

type Measures = Omit<InsightsRow, "mature">;

/** The columns every row of a report has. Spend has a set of them for each currency that there is. */
export function measureColumns<Row extends Measures>(rows: readonly Row[]): Column<Row>[] {
  const at = <Value extends string | number | boolean | null>(
    name: string,
    value: (row: Row) => Value | undefined,
  ) => ({
    name,
    value,
  });
  return [
    ...COUNT_NAMES.map((name) => at(name, (row) => row[name])),
    ...RATES.map((name) => at(name, (row) => row[name])),
    at("lowSample", (row) => row.lowSample),
    ...(["n", "p50", "p90", "p99"] as const).map((name) =>
      at(`timeToConfirm.${name}`, (row) => row.timeToConfirm?.[name]),
    ),
    ...(["n", "p50", "p95"] as const).map((name) =>
      at(`deliveryLatency.${name}`, (row) => row.deliveryLatency?.[name]),
    ),
    ...currenciesOf(rows).flatMap((currency) =>
      (["priced", "amount", "costPerConversion", "wasted"] as const).map((name) =>
        at(`spend.${currency}.${name}`, (row) => spendIn(row, currency)?.[name]),
      ),
    ),
  ];
}

/** The rates in their order, and after the conversion its interval. */
const RATES = RATE_NAMES.flatMap((name) =>
  name === "conversion" ? ([name, "conversionLow", "conversionHigh"] as const) : [name],
) satisfies (keyof Measures)[];

const MATURE = [
  "attempted",
  "statusOk",
  "errors",
  "delivered",
  "confirmed",
  "late",
  "verifications",
  "approved",
] as const satisfies (keyof InsightsRow["mature"])[];

export function matureColumns<Row extends InsightsRow>(): Column<Row>[] {
  return MATURE.map((name) => ({ name: `mature.${name}`, value: (row: Row) => row.mature[name] }));
}

export function bucketColumns(rows: readonly Bucket[]): Column<Bucket>[] {
  return [
    ...moments("start", "end"),
    "mature",
    "final",
    ...measureColumns(rows),
    ...MATURE.map((name) => ({
      name: `matureCounts.${name}`,
      value: (row: Bucket) => row.matureCounts[name],
    })),
  ];
}

export function destinationColumns(rows: readonly Destination[], by: Breakdown): Column<Destination>[] {
  return [
    "country",
    ...(by === "country" ? [] : [by]),
    ...measureColumns(rows),
    ...matureColumns<Destination>(),
    "share",
    "previous.attempted",
    "previous.conversion",
    "previous.conversionLow",
    "previous.conversionHigh",
    "change.conversion",
    "change.low",
    "change.high",
    "change.beyondNoise",
    "change.lost",
  ];
}

export function blockColumns(rows: readonly BlockRow[]): Column<BlockRow>[] {
  return [
    { name: "block", value: ({ block }) => maskedNumber(block) },
    "country",
    "network",
    ...measureColumns(rows),
    ...matureColumns<BlockRow>(),
    "share",
    "numbers",
    "neighbours",
  ];
}

export const ERROR_COLUMNS = ["kind", "code", "words", "messages", "share", "previous"] as const;

function currenciesOf(rows: readonly { spend: Spend[] }[]): string[] {
  return [...new Set(rows.flatMap(({ spend }) => spend.map(({ currency }) => currency)))].sort();
}

function spendIn({ spend }: { spend: Spend[] }, currency: string): Spend | undefined {
  return spend.find((spent) => spent.currency === currency);
}
