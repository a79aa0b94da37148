/**
 * Reports as files: CSV as in RFC 4180, in UTF-8 without a byte order mark, safe to open in a spreadsheet.
 */
import { stringify, type Options } from "csv-stringify/sync";
import { Temporal } from "temporal-polyfill";
import { turn } from "../../turn";
import type { Range } from "../asking/range";

/** What one cell is made from; null and undefined leave it empty, a Date is written in ISO 8601 UTC. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** The fields of a row that are cells; those of objects in it as `mature.attempted`. */
type Path<Row> = {
  [Key in keyof Row & string]-?: Row[Key] extends Cell ? Key : `${Key}.${Path<NonNullable<Row[Key]>>}`;
}[keyof Row & string];

/** A field of the row, or a name and what to put under it. */
export type Column<Row> = Path<Row> | { name: string; value: (row: Row) => Cell };

/** How many rows are made into text at once. */
const BATCH = 100;

const OPTIONS: Options = {
  record_delimiter: "windows",
  // A lone CR or LF within a cell is quoted, too.
  quote_record_delimiter: true,
  cast: { string: harmless, boolean: String, date: (date) => date.toISOString() },
};

/**
 * The answer with a report as a file. Rows are taken as the client reads, a batch at a time, and never held all at once; each batch
 * waits for its turn of the event loop.
 *
 * It waits for the first batch, so that a report that fails at once is answered with a problem. One that fails later
 * breaks the connection off, and no part of it can pass for the whole.
 *
 * @param name of the file, without `.csv`; see `fileName`
 * @param columns in the order they are written in; the header line is there without rows, too
 */
export async function csvResponse<Row extends object>(
  name: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<Response> {
  const batches = text(columns, rows);
  const first = await batches.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(first.value)),
      async pull(controller) {
        const { done, value } = await batches.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await batches.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]+/g, "-")}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}

/** A file's name, by what it reports and the local dates the range begins on and ends before: `blocks-2026-10-26-2026-11-23`. */
export function fileName(report: string, { from, to, tz }: Range): string {
  const date = (moment: Date) =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(tz).toPlainDate().toString();
  return [report, date(from), date(to)].join("-");
}

/** The text in batches of rows, of which there is one at least: the header line. */
async function* text<Row extends object>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string, undefined> {
  const names = columns.map(nameOf);
  let header = true;
  let batch: Cell[][] = [];
  for await (const row of rows) {
    batch.push(columns.map((column) => cellOf(row, column)));
    if (batch.length < BATCH) continue;
    await turn();
    yield stringify(batch, { ...OPTIONS, columns: names, header });
    header = false;
    batch = [];
  }
  if (header || batch.length > 0) yield stringify(batch, { ...OPTIONS, columns: names, header });
}

/** What a file's first line calls a column. */
export function nameOf<Row>(column: Column<Row>): string {
  return typeof column === "string" ? column : column.name;
}

/** What a row has under a column. */
export function cellOf<Row extends object>(row: Row, column: Column<Row>): Cell {
  if (typeof column !== "string") return column.value(row);
  let value: unknown = row;
  for (const key of column.split(".")) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- Column's type lets no path lead to anything else
  return value as Cell;
}

/**
 * Text that a spreadsheet does not take for a formula: what could begin one gets an apostrophe in front, which spreadsheets
 * read as "this is text". After spaces and controls, too, since some programs drop them; the full-width forms are those
 * that some make plain. That a phone number's block (`+5511987`) is no formula makes no exception: it would lose its plus.
 *
 * Source: OWASP, "CSV Injection", and ASVS 5.0, 1.2.10. Numbers are no text: -0.0075 stays as it is.
 */
function harmless(value: string): string {
  return /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/.test(value) ? `'${value}` : value;
}
