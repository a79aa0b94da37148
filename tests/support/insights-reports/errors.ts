/**
 * The errors.
 */
import { failuresOf, partOf, type FilterValues, type Seen } from "../insights-recount";
import { stretchOf } from "./choice";
import { report, reportFile, type Params, type Row } from "./request";
import { difference, fileDifferences } from "./row";

export async function errorDifferences(
  params: Params,
  all: Seen,
  seen: Seen,
  filters: FilterValues,
): Promise<string[]> {
  const { rows, previousRange } = await report("errors", params);
  const before = previousRange && partOf(seen, stretchOf(previousRange), filters);
  return [
    ...errorRowDifferences(rows, all, before),
    ...fileDifferences(rows, await reportFile("errors", params)),
  ];
}

/** @param before null where nothing is compared with */
export function errorRowDifferences(rows: Row[], now: Seen, before: Seen | null): string[] {
  const [failures, earlier] = [failuresOf(now), before && failuresOf(before)];
  const given = new Map(rows.map((row) => [`${row.kind} ${row.code}`, row]));
  const ofKind = (kind: string) =>
    [...failures].filter(([key]) => key.startsWith(kind)).reduce((sum, [, n]) => sum + n, 0);
  return [...new Set([...failures.keys(), ...(earlier?.keys() ?? []), ...given.keys()])].flatMap((key) => {
    const row = given.get(key);
    const n = failures.get(key) ?? 0;
    const all = ofKind(key.split(" ")[0]!);
    return [
      ...difference(key, row?.messages, n),
      ...difference(`${key} before`, row?.previous, earlier ? (earlier.get(key) ?? 0) : null),
      ...difference(`${key} share`, row?.share, all === 0 ? null : n / all),
    ];
  });
}
