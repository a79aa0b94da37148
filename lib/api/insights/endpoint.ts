/**
 * The frame around the reports' handlers: what all of them refuse, and the form they answer in.
 */
import Negotiator from "negotiator";
import type { z } from "zod";
import { CLIENT_ADDRESS_HEADER } from "../../client-address";
import { writeBody, writtenAnswer } from "../../http/answer";
import { endpoint, type Input, type RouteHandler } from "../../http/frame";
import type { AnswerBody, Operation } from "../../http/operation";
import { invalidField, type Problem } from "../../http/problem";
import {
  cellOf,
  csvResponse,
  fileName,
  isMoment,
  nameOf,
  type Cell,
  type Column,
} from "../../insights/reports/csv";
import type { Range } from "../../insights/asking/range";
import { asksMessages, forEverybody, type Filters } from "../../insights/asking/filters";
import { inPlace } from "../../insights/asking/places";
import { MOST_MESSAGES, unlessTooMany, type Reach } from "../../insights/asking/reach";
import type { ReportQuery } from "../../insights/asking/report";
import { together } from "../../insights/asking/together";
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
    columns: columns.map((column, i) => ({
      name: nameOf(column),
      value: ({ cells }) => cells[i],
      isMoment: isMoment(column),
    })),
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
 * @param countsMessages whether it does so under any filters
 * @param bounded whether `work` sees to it that it does not read too many messages, as the log does, which reads pages
 */
export function reportEndpoint<Op extends ReportOperation, Row extends object>(
  operation: Op,
  work: (input: Input<Op>, asFile: boolean) => Promise<Answer<Op, Row>>,
  { bounded = false, countsMessages = false }: { bounded?: boolean; countsMessages?: boolean } = {},
): RouteHandler {
  return endpoint(operation, (given) => {
    const { request } = given;
    const query = given.isOurs ? given.query : forEverybody(given.query);
    const input = { ...given, query };
    const asFile = wantsFile(request, query.format);
    const asked = ofCountry(query, input.params);
    const read = async () =>
      bounded ? work(input, asFile) : reached(await unlessTooMany(asked, () => work(input, asFile)));
    const from = request.headers.get(CLIENT_ADDRESS_HEADER);
    const served: Served = { signal: request.signal, from: from === null ? "" : addressSubject(from) };
    // A place for all of it: what is read, and what is made of that.
    const slow = countsMessages || asksMessages(asked.filters);
    if (asFile)
      return whileServing(served, () => inPlace(async () => fileOf(await read(), query.filters), { slow }));
    const key = JSON.stringify([operation.id, input.params, query, input.isOurs]);
    const written = () => inPlace(async () => writeBody(operation, 200, reportOf(await read())), { slow });
    return whileServing(served, async () => writtenAnswer(await together(key, written)));
  });
}

function fileOf<Op extends ReportOperation, Row extends object>(
  found: Answer<Op, Row>,
  filters: Filters,
): Promise<Response> {
  const { range } = "fileOf" in found ? { range: found.fileOf } : found.report;
  return csvResponse(fileName(found.name, range, filters), found.columns, found.rows, range.tz);
}

function reportOf<Op extends ReportOperation, Row extends object>(
  found: Answer<Op, Row>,
): AnswerBody<Op, 200> {
  if ("report" in found) return found.report;
  throw new TypeError("a report that is no file is asked for whole");
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
