/**
 * What changed.
 */
import { partOf, partsBy, recount, type Seen } from "../insights-recount";
import { paramsOf, stretchOf, type Choice } from "./choice";
import { report, type Row } from "./request";
import { difference } from "./row";

/** What changed: the destinations that lost beyond noise, each with the figures of the table, most first. */
export async function changeDifferences(choice: Choice, all: Seen, seen: Seen, now: Date): Promise<string[]> {
  const answer = await report("changes", paramsOf(choice));
  const earlier = answer["previousRange"]
    ? partOf(seen, stretchOf(answer["previousRange"]), choice.filters)
    : { messages: [], verifications: [] };
  const [after, before] = [all, earlier].map((part) => partsBy(part, (row) => row.country));
  const lost = answer.rows.map((row: Row) => row.change.lost as number);
  const rows = [...answer.rows, ...answer.gains].flatMap((row: Row) => {
    const [counted, then] = [after!, before!].map((parts) =>
      recount(parts.get(row.country) ?? { messages: [], verifications: [] }, now),
    );
    const change = (counted!.rates["conversion"] ?? NaN) - (then!.rates["conversion"] ?? NaN);
    return [
      ...difference("attempted", row.attempted, counted!.counts.attempted),
      ...difference("change", row.change.conversion, change),
      ...difference("lost", row.change.lost, -change * counted!.mature.attempted),
      ...difference("low sample", Number(row.lowSample), 0),
    ].map((line) => `${row.country} ${line}`);
  });
  const inOrder = lost.every((n: number, i: number) => n > 0 && (i === 0 || n <= lost[i - 1]!));
  return [...rows, ...(inOrder ? [] : [`in the order ${lost.join(" ")}`])];
}
