/**
 * The table of destinations.
 */
import type { Breakdown } from "@/lib/terms/dimensions";
import { partsBy, recount, type Recounted, type Seen } from "../insights-recount";
import { paramsOf, filtersBy, type Choice } from "./choice";
import { report, reportFile, type Row } from "./request";
import { rowDifferences, difference, contradictions, fileDifferences } from "./row";

export async function destinationDifferences(
  choice: Choice,
  all: Seen,
  expected: Recounted,
  now: Date,
  byBlock: boolean,
): Promise<string[]> {
  const params = { ...paramsOf(choice), by: choice.by };
  const table = await report("destinations", params);
  const sums = Object.keys(expected.counts).flatMap((name) => {
    const sum = table.rows.reduce((total: number, row) => total + row[name], 0);
    return difference(`sum of ${name}`, sum, table["totals"][name]);
  });
  const withLatencies = byBlock || (choice.by !== "network" && !filtersBy("network", choice));
  return [
    ...sums,
    ...tableDifferences(table.rows, all, choice.by, now, byBlock, filtersBy("network", choice)),
    ...rowDifferences(table["totals"], expected, withLatencies).map((line) => `totals ${line}`),
    ...difference("count", table["count"], table.rows.length),
    ...fileDifferences(table.rows, await reportFile("destinations", params)),
  ];
}

export function tableDifferences(
  rows: Row[],
  all: Seen,
  by: Breakdown,
  now: Date,
  byBlock: boolean,
  filtered = false,
): string[] {
  const key = (row: { country: string } & { [Part in Breakdown]?: string | null }) =>
    by === "country" ? row.country : `${row.country} ${row[by] ?? "unknown"}`;
  const parts = partsBy(all, key);
  const attempted = recount(all, now).counts.attempted;
  const unknown = rows.filter((row) => !parts.has(key(row))).map((row) => `row ${key(row)} of nothing`);
  const lines = [...parts].flatMap(([name, part]) => {
    const row = rows.find((candidate) => key(candidate) === name);
    const counted = recount(part, now);
    if (!row) {
      // A group of nothing but verifications that never had a SID counts for nothing.
      const nothing = Object.values(counted.counts).every((n) => n === 0);
      return nothing ? [] : [`no row ${name}`];
    }
    const withLatencies = byBlock || (by !== "network" && !filtered);
    const share = attempted === 0 ? null : counted.counts.attempted / attempted;
    return [
      ...rowDifferences(row, counted, withLatencies),
      ...contradictions(row),
      ...difference("share", row.share, share),
    ].map((line) => `${name} ${line}`);
  });
  return [...unknown, ...lines];
}
