/**
 * The message log.
 */
import type { Seen } from "../insights-recount";
import { reportFile, type Params } from "./request";

/** The log: every message of the range that the filters leave, newest first. */
export async function logDifferences(params: Params, part: Seen): Promise<string[]> {
  const { compare: _, ...given } = params;
  const file = await reportFile("messages", given);
  const expected = [...part.messages].sort(
    (a, b) => b.requestedAt.getTime() - a.requestedAt.getTime() || (a.id < b.id ? 1 : -1),
  );
  const ids = file.map(({ id }) => id).join(" ");
  return ids === expected.map(({ id }) => id).join(" ")
    ? []
    : [`${file.length} messages, or others or in another order, instead of ${expected.length}`];
}
