/**
 * A row of a report next to what was counted, and to itself.
 */
import { exactPercentile, type Recounted } from "../insights-recount";
import type { Row } from "./request";

/* oxlint-disable @typescript-eslint/no-explicit-any -- JSON of answers under test */

const RATES = [
  "conversion",
  "conversionLow",
  "conversionHigh",
  "inTimeConversion",
  "deliveredConversion",
  "successRate",
  "resendRate",
  "recoveryRate",
  "priceCoverage",
  "feedbackCoverage",
];
export const isRate = (name: string) => RATES.includes(name);

/** Where a row of a report is not what was counted. */
export function rowDifferences(row: Row, expected: Recounted, withLatencies: boolean): string[] {
  const { counts, mature, rates, lowSample, timeToConfirm, deliveryLatency, spend } = expected;
  return [
    ...Object.entries(counts).flatMap(([name, n]) => difference(name, row[name], n)),
    ...Object.entries(row.mature as Record<string, number>).flatMap(([name, n]) =>
      difference(`mature.${name}`, n, mature[name as keyof typeof mature]),
    ),
    ...Object.entries(rates).flatMap(([name, rate]) => difference(name, row[name], rate)),
    ...difference("lowSample", Number(row.lowSample), Number(lowSample)),
    ...latencyDifferences("timeToConfirm", row.timeToConfirm, timeToConfirm, withLatencies),
    ...latencyDifferences("deliveryLatency", row.deliveryLatency, deliveryLatency, withLatencies),
    ...difference("currencies", row.spend.length, spend.length),
    ...spend.flatMap((spent) => {
      const given = (row.spend as any[]).find(({ currency }) => currency === spent.currency);
      return (["priced", "amount", "costPerConversion", "wasted"] as const).flatMap((name) =>
        difference(`spend.${spent.currency}.${name}`, given?.[name], spent[name]),
      );
    }),
  ];
}

/** Rates to within what the rounded 1.96 of an interval moves them. */
export function difference(name: string, given: unknown, expected: number | null | undefined): string[] {
  const same =
    given === expected ||
    (typeof given === "number" &&
      typeof expected === "number" &&
      Math.abs(given - expected) <= 1e-7 * Math.max(1, Math.abs(expected)));
  return same ? [] : [`${name} is ${String(given)} instead of ${String(expected)}`];
}

const SHARES: Record<string, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

function latencyDifferences(name: string, given: any, ascending: number[], kept: boolean): string[] {
  if (!kept) {
    return given === null ? [] : [`${name} is ${JSON.stringify(given)}, and is not kept of networks`];
  }
  return [
    ...difference(`${name}.n`, given?.n, ascending.length),
    ...Object.keys(given ?? {})
      .filter((key) => key in SHARES)
      .flatMap((key) => {
        const exact = exactPercentile(ascending, SHARES[key]!);
        return inOneBin(given[key], exact) ? [] : [`${name}.${key} is ${given[key]} instead of ${exact}`];
      }),
  ];
}

/** Bins are 1.2 times as wide as the one before, the first up to half a second, the last open from 40,570 s on. */
function inOneBin(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  const [less, more] = a < b ? [a, b] : [b, a];
  return more <= 0.5 || less >= 40_570 || more / less <= 1.2025;
}

/** Where a row contradicts itself. */
export function contradictions(row: Row): string[] {
  const groups = row.statusOk + row.errors + row.inFlight + row.canceled;
  const lines: string[] = [];
  if (groups !== row.attempted) lines.push(`the groups sum to ${groups} of ${row.attempted} attempted`);
  if (row.confirmed > row.attempted) lines.push(`${row.confirmed} of ${row.attempted} are confirmed`);
  if (row.late > row.confirmed) lines.push(`${row.late} of ${row.confirmed} are late`);
  for (const name of RATES) {
    const rate = row[name];
    if (rate !== null && !(rate >= 0 && rate <= 1)) lines.push(`${name} is ${rate}`);
  }
  for (const [name, n] of Object.entries(row)) {
    if (typeof n === "number" && n < 0) lines.push(`${name} is ${n}`);
  }
  return lines;
}

/** Where a file is not what the JSON says: each of its cells, by the dotted name of its column. */
export function fileDifferences(rows: Row[], records: Record<string, string>[]): string[] {
  if (rows.length !== records.length) return [`a file with ${records.length} of ${rows.length} rows`];
  return rows.flatMap((row, i) =>
    Object.entries(records[i]!).flatMap(([name, text]) => {
      if (name === "period" || name.startsWith("range.")) return [];
      if (name === "tz" || name.endsWith("Local")) return [];
      const value = valueAt(row, name);
      if (name === "block" || name === "to") {
        // What JSON has of a number, with what is masked, in brackets.
        const masked = `(${String(value).replace("•••", "")}***)`;
        return text === masked ? [] : [`row ${i} of the file: ${name} is ${text} instead of ${masked}`];
      }
      const expected = value === null || value === undefined ? "" : String(value);
      const safe = /^[=+@-]/.test(expected) && typeof value === "string" ? `'${expected}` : expected;
      return text === safe ? [] : [`row ${i} of the file: ${name} is ${text} instead of ${safe}`];
    }),
  );
}

function valueAt(row: Row, name: string): string | number | boolean | null | undefined {
  const [first, currency, field] = name.split(".");
  if (first === "spend") return (row.spend as any[]).find((spent) => spent.currency === currency)?.[field!];
  return name.split(".").reduce((value, key) => value?.[key], row);
}
