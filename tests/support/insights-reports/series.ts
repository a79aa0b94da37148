/**
 * The series.
 */
import { localBuckets, partOf, recount, type Seen, type Stretch } from "../insights-recount";
import { paramsOf, stretchOf, type Choice } from "./choice";
import { report, reportFile, type Row } from "./request";
import { isRate, rowDifferences, difference, contradictions, fileDifferences } from "./row";

/* oxlint-disable @typescript-eslint/no-explicit-any -- JSON of answers under test */

export async function seriesDifferences(
  choice: Choice,
  seen: Seen,
  now: Date,
  withLatencies: boolean,
  total: any,
): Promise<string[]> {
  const params = { ...paramsOf(choice), interval: choice.interval };
  const series = await report("timeseries", params);
  const lines = seriesLines(series.rows, seen, choice, choice, now, withLatencies);
  if (series["previous"]) {
    const range = stretchOf(series["previousRange"]);
    const before = seriesLines(series["previous"], seen, range, choice, now, withLatencies);
    lines.push(...before.map((line) => `previous ${line}`));
  }
  for (const name of Object.keys(total)) {
    if (typeof total[name] !== "number" || !Number.isInteger(total[name]) || isRate(name)) continue;
    const sum = series.rows.reduce((all: number, row) => all + row[name], 0);
    lines.push(...difference(`sum of ${name}`, sum, total[name]));
  }
  return [...lines, ...fileDifferences(series.rows, await reportFile("timeseries", params))];
}

function seriesLines(
  rows: Row[],
  seen: Seen,
  range: Stretch,
  { tz, interval, filters }: Choice,
  now: Date,
  withLatencies: boolean,
): string[] {
  const buckets = localBuckets(range, tz, interval);
  const names = (list: Stretch[]) => list.map(({ from, to }) => `${from.toISOString()}/${to.toISOString()}`);
  const given = rows.map(({ start, end }) => ({ from: new Date(start), to: new Date(end) }));
  if (names(given).join() !== names(buckets).join()) {
    return [`buckets ${names(given).join(" ")} instead of ${names(buckets).join(" ")}`];
  }
  const within = partOf(seen, range, filters);
  return buckets.flatMap((bucket, i) => {
    const row = rows[i];
    const counted = recount(partOf(within, bucket), now);
    const name = bucket.from.toISOString();
    const last = new Date(bucket.to.getTime() - 1);
    const settled = now.getTime() - bucket.to.getTime() >= 900_000;
    return [
      ...rowDifferences({ ...row, mature: row.matureCounts }, counted, withLatencies),
      ...contradictions(row),
      ...difference("mature", Number(row.mature), Number(settled)),
      ...difference(
        "final",
        Number(row.final),
        Number(now.getTime() - last.getTime() > 900_000 + 86_400_000),
      ),
    ].map((line) => `${name} ${line}`);
  });
}
