/**
 * The frame around the reports' handlers: what all of them refuse, and the form they answer in.
 */
import Negotiator from "negotiator";
import type { z } from "zod";
import { CLIENT_ADDRESS_HEADER } from "../../client-address";
import { longAnswer } from "../../http/answer";
import { endpoint, type Input, type RouteHandler } from "../../http/frame";
import type { AnswerBody, Operation } from "../../http/operation";
import { invalidField, type Problem } from "../../http/problem";
import { cellOf, csvResponse, fileName, nameOf, type Cell, type Column } from "../../insights/reports/csv";
import type { Range } from "../../insights/asking/range";
import { inPlace } from "../../insights/asking/places";
import { MOST_MESSAGES, unlessTooMany, type Reach } from "../../insights/asking/reach";
import type { ReportQuery } from "../../insights/asking/report";
import { addressSubject } from "../../protection/asker";
import { whileServing, type Served } from "../../served";

/** A report's operation: a query in, a report out. */
interface ReportOperation extends Operation {
  query: z.ZodType<ReportQuery & { format?: "json" | "csv" }>;
  answers: { 200: { description: string; schema: z.ZodType<unknown, { range: Range }> } };
}

/** A report's table. */
interface Table<Row extends object> {
  /** The file's, without the range. */
  name: string;
  columns: readonly Column<Row>[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

/** A report, and its table as a file; where a file is wanted, its range is enough of the report. */
export type Answer<Op extends ReportOperation, Row extends object> = Table<Row> &
  ({ report: AnswerBody<Op, 200> & { range: Range } } | { fileOf: Range });

/** A report's table among several: what its rows were is of no more interest. */
export function fileTable<Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Pick<Table<Line>, "columns" | "rows"> {
  return {
    columns: columns.map((column, i) => ({ name: nameOf(column), value: ({ cells }) => cells[i] })),
    rows: rows.map((row) => ({ cells: columns.map((column) => cellOf(row, column)) })),
  };
}

/** A row by its columns. */
interface Line {
  cells: readonly Cell[];
}

/**
 * A handler that answers with what `work` reports: as JSON, or as CSV where the parameter `format` or else the header `Accept`
 * asks for it.
 *
 * @param work gets, besides the request's parts, whether a file is wanted
 * @param bounded whether `work` sees to it that it does not read too many messages, as the log does, which reads pages
 */
export function reportEndpoint<Op extends ReportOperation, Row extends object>(
  operation: Op,
  work: (input: Input<Op>, asFile: boolean) => Promise<Answer<Op, Row>>,
  { bounded = false }: { bounded?: boolean } = {},
): RouteHandler {
  return endpoint(operation, (input) => {
    const { query, request } = input;
    const asFile = wantsFile(request, query.format);
    const read = () => work(input, asFile);
    const from = request.headers.get(CLIENT_ADDRESS_HEADER);
    const served: Served = { signal: request.signal, from: from === null ? "" : addressSubject(from) };
    // A place for all of it: what is read, and what is made of that.
    return whileServing(served, () =>
      inPlace(async () => {
        const found = bounded
          ? await read()
          : reached(await unlessTooMany(ofCountry(query, input.params), read));
        if ("fileOf" in found || asFile) {
          const { range } = "fileOf" in found ? { range: found.fileOf } : found.report;
          return csvResponse(fileName(found.name, range), found.columns, found.rows);
        }
        return longAnswer(operation, 200, found.report);
      }),
    );
  });
}

/** Of two as welcome forms, the first. */
const FORMS = ["application/json", "text/csv"];

function wantsFile(request: Request, format: "json" | "csv" | undefined): boolean {
  if (format) return format === "csv";
  const accept = request.headers.get("accept") ?? undefined;
  return new Negotiator({ headers: { accept } }).mediaType(FORMS) === "text/csv";
}

/** A destination's report is about its country. */
function ofCountry(query: ReportQuery, params?: { country?: string }): ReportQuery {
  if (!params?.country) return query;
  return { ...query, filters: { ...query.filters, country: { in: [params.country], notIn: [] } } };
}

/** @throws {Problem} when too many messages would have to be read */
export function reached<Report>(reach: Reach<Report>): Report {
  if (reach.tooMany) throw tooManyMessages();
  return reach.report;
}

function tooManyMessages(): Problem {
  const message = `must be later, or \`country\` be one: this is counted from single messages, and more than ${MOST_MESSAGES} would have to be read`;
  return invalidField("from", message);
}
