/**
 * Errors: why messages were not delivered, or not even taken, by Twilio's code.
 */
import { errorWords } from "../../terms/twilio-codes";
import { ratio, type Rate } from "../asking/metrics";
import { comparisonRange, type Range } from "../asking/range";
import { periodsOf, type ReportQuery } from "../asking/report";
import type { Measured } from "../asking/measured";
import { ask, type Tally } from "../asking/tallies";

export interface ErrorRow {
  /** `error`: accepted, then failed or undelivered. `refusal`: not taken by Twilio, so not attempted. */
  kind: "error" | "refusal";
  /** Twilio's; null where it gave none, as when Twilio could not be reached. */
  code: number | null;
  words: string;
  messages: number;
  /** Of all messages of its kind. */
  share: Rate;
  /** In the range compared with; null when there is none. */
  previous: number | null;
}

export interface Errors {
  range: Range;
  previousRange: Range | null;
  /** Most first. */
  rows: ErrorRow[];
  totals: { errors: number; refused: number; attempted: number };
}

export async function readErrors(query: ReportQuery): Promise<Errors> {
  const periods = periodsOf(query);
  const found = await ask({ periods, filters: query.filters });
  const [current, previous] = [0, 1].map((n) => found.find(({ period }) => period === n)?.all);
  const compared = periods.length > 1;
  const counts = current?.counts;
  return {
    range: query.range,
    previousRange: comparisonRange(query.range, query.compare),
    rows: errorRows(current, compared ? previous : null),
    totals: {
      errors: counts?.errors ?? 0,
      refused: counts?.refused ?? 0,
      attempted: counts?.attempted ?? 0,
    },
  };
}

/**
 * @param previous null when there is nothing to compare with, undefined when there was nothing then
 */
export function errorRows(
  current: Tally["all"] | undefined,
  previous: Measured | null | undefined,
): ErrorRow[] {
  const rows = (kind: ErrorRow["kind"], of: "errors" | "refusals") => {
    const now = current?.[of] ?? new Map<string, number>();
    const total = [...now.values()].reduce((sum, n) => sum + n, 0);
    // One that has ended is news, too.
    const codes = new Set([...now.keys(), ...(previous?.[of].keys() ?? [])]);
    return [...codes].map((key) => {
      const code = key === "" ? null : Number(key);
      const messages = now.get(key) ?? 0;
      const before = previous === null ? null : (previous?.[of].get(key) ?? 0);
      return {
        kind,
        code,
        words: errorWords(code),
        messages,
        share: ratio(messages, total),
        previous: before,
      };
    });
  };
  return [...rows("error", "errors"), ...rows("refusal", "refusals")].sort(
    (a, b) =>
      b.messages - a.messages || (b.previous ?? 0) - (a.previous ?? 0) || (a.code ?? 0) - (b.code ?? 0),
  );
}
