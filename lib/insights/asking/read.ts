/**
 * How reports read: each statement in a place, on the reports' own connections, and no longer than the client waits for it.
 */
import { readReport, sql, type Sql } from "../../db";
import { servedRequest } from "../../served";
import { inPlace } from "./places";

/** The rows of a statement, which is written in this template. */
export async function read<Rows extends object[]>(
  strings: readonly string[],
  ...values: Parameters<typeof sql>[1][]
): Promise<Rows> {
  const query: Sql = sql(strings, ...values);
  const rows = await inPlace(() => readReport<object>(query, servedRequest()?.signal));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statement says what its rows are
  return rows as Rows;
}
