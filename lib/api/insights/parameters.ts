/**
 * Parameters that several reports take beside those of every query, and the frame of their operations.
 */
import { z } from "zod";
import { limitOf, single } from "../../insights/asking/parameters";
import { DEFAULT_ROWS } from "../../terms/limits";

export const answering = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, schema },
});

export const report = {
  method: "GET",
  caller: "reader",
  problems: ["invalid_request", "too_many_reports", "reports_busy"],
} as const;

export const tableLimit = (table: keyof typeof DEFAULT_ROWS) =>
  limitOf(1, 1000)
    .optional()
    .meta({ description: `${DEFAULT_ROWS[table]} where none is given; then a file has all rows.` });

export const tableCursor = single(z.string().max(500)).optional().meta({
  description: "`nextCursor` of the page before, of a table in the same order.",
});

/** What a cursor that is none is told. */
export const NO_CURSOR = "must be a nextCursor of this report, in this order";

/** Which of a report's tables a file has, the first by default; JSON has all of them. */
export const filePart = <const Part extends string>(parts: readonly [Part, ...Part[]]) =>
  single(z.enum(parts, `must be one of ${parts.join(", ")}`))
    .default(parts[0])
    .meta({ description: "Which table a CSV file has; JSON has all." });
