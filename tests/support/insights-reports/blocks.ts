/**
 * The blocks.
 */
import { partsBy, recount, type Seen } from "../insights-recount";
import type { Body } from "./request";
import { rowDifferences, difference } from "./row";

export function blockDifferences(answer: Body, part: Seen, now: Date): string[] {
  const parts = partsBy(part, (row) => row.block);
  const lines = [...parts].flatMap(([block, seen]) => {
    const row = answer.rows.find((candidate) => candidate.block === block);
    if (!row) return [`no row ${block}`];
    return rowDifferences(row, recount(seen, now), false).map((line) => `${block} ${line}`);
  });
  return [...lines, ...difference("rows", answer.rows.length, parts.size)];
}
