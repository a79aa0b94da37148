/**
 * Reports as files: CSV as in RFC 4180, made to be opened in a spreadsheet. A byte order mark says that it is UTF-8, which Excel does not
 * guess; no cell is a formula; beside each moment in UTC is the local time of the report's zone, in the form that spreadsheets read.
 */
import { stringify, type Options } from "csv-stringify/sync";
import { Temporal } from "temporal-polyfill";
import { turn } from "../../turn";
import { DIMENSION_NAMES, isFlag } from "../../terms/dimensions";
import type { Filters } from "../asking/filters";
import type { Range } from "../asking/range";

/** What one cell is made from; null and undefined leave it empty, a Date is written in ISO 8601 UTC. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** The fields of a row that are cells; those of objects in it as `mature.attempted`. */
type Path<Row> = {
  [Key in keyof Row & string]-?: Row[Key] extends Cell ? Key : `${Key}.${Path<NonNullable<Row[Key]>>}`;
}[keyof Row & string];

/** A name and what to put under it. What is a moment is written twice, in UTC and in local time. */
interface NamedColumn<Row> {
  name: string;
  value: (row: Row) => Cell;
  isMoment?: boolean;
}

/** A field of the row, or a name and what to put under it. */
export type Column<Row> = Path<Row> | NamedColumn<Row>;

/** The columns of fields that are moments. */
export function moments<const Name extends string>(...names: Name[]) {
  return names.map((name) => ({
    name,
    value: (row: Partial<Record<Name, Date | null>>) => row[name],
    isMoment: true,
  }));
}

/**
 * A block of numbers, as all of its numbers look with their last three digits masked. In brackets it begins like no formula, and is a text to
 * every program, which keeps its plus. The reports' `block` takes it back.
 */
export function maskedNumber(block: string): string {
  return `(${block}***)`;
}

/** How many rows are made into text at once. */
const BATCH = 100;

const BYTE_ORDER_MARK = "\uFEFF";

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
 * @param zone of the local times, an IANA name; a file with moments has it in the column `tz`
 */
export async function csvResponse<Row extends object>(
  name: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  zone = "UTC",
): Promise<Response> {
  const batches = text(withLocalTimes(columns, zone), rows);
  const first = await batches.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(`${BYTE_ORDER_MARK}${first.value}`)),
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

/** More would make a name too long to be read. */
const MOST_NAMED = 4;

/**
 * A file's name, by what it reports, of which messages, and the local dates the range begins on and ends before:
 * `messages-GH-failed-2026-11-25-2026-11-26`.
 */
export function fileName(report: string, { from, to, tz }: Range, filters: Filters = {}): string {
  const date = (moment: Date) =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(tz).toPlainDate().toString();
  return [report, ...filterWords(filters).slice(0, MOST_NAMED), date(from), date(to)].join("-");
}

function filterWords(filters: Filters): string[] {
  return DIMENSION_NAMES.flatMap((name) => {
    if (isFlag(name)) {
      const holds = filters[name];
      return holds === undefined ? [] : [holds ? name : `not-${name}`];
    }
    const { in: among = [], notIn = [] } = filters[name] ?? {};
    return [...among, ...notIn.map((value) => `without-${value}`)].map((value) => value || "unknown");
  });
}

/** The columns, with `<name>Local` after each moment, and the zone of these at the end. */
function withLocalTimes<Row extends object>(
  columns: readonly Column<Row>[],
  zone: string,
): NamedColumn<Row>[] {
  const local = localTimes(zone);
  const named = columns.map((column) => ({
    name: nameOf(column),
    value: (row: Row) => cellOf(row, column),
    isMoment: isMoment(column),
  }));
  if (!named.some((column) => column.isMoment)) return named;
  const doubled = named.flatMap((column) => {
    const valueLocal = (row: Row) => {
      const moment = column.value(row);
      return moment instanceof Date ? local.format(moment) : moment;
    };
    return column.isMoment ? [column, { name: `${column.name}Local`, value: valueLocal }] : [column];
  });
  return [...doubled, { name: "tz", value: () => zone }];
}

/** As spreadsheets read it: `2026-11-20 00:00:00`, which is how Swedes write it. Temporal takes ten times as long. */
function localTimes(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
}

/** Whether a column is written twice. */
export function isMoment<Row>(column: Column<Row>): boolean {
  return typeof column !== "string" && column.isMoment === true;
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
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Column's type lets no path lead to anything else
  return value as Cell;
}

/**
 * Text that a spreadsheet does not take for a formula: what could begin one gets an apostrophe in front, which spreadsheets
 * read as "this is text" when it is typed; of a file it stays to be seen, which only odd names of networks come to. After spaces and
 * controls, too, since some programs drop them; the full-width forms are those that some make plain. Numbers of phones, see `maskedNumber`,
 * do without.
 *
 * Source: OWASP, "CSV Injection", and ASVS 5.0, 1.2.10. Numbers are no text: -0.0075 stays as it is.
 */
function harmless(value: string): string {
  return /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/.test(value) ? `'${value}` : value;
}
