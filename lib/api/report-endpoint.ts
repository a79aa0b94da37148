/**
 * The frame around the reports' handlers: what all of them refuse, and the form they answer in.
 */
import Negotiator from "negotiator";
import { endpoint, json, Problem, type Input, type RouteHandler } from "../http";
import { hasTooManyMessages, MOST_MESSAGES } from "../insights/reports/blocks";
import { csvResponse, fileName, type Column } from "../insights/reports/csv";
import { asksMessages } from "../insights/asking/filters";
import type { Range } from "../insights/asking/range";
import { periodsOf, type ReportQuery } from "../insights/asking/report";
import type { Operation } from "./operations";

/** A report, and its table as a file. */
interface Answer<Row extends object> {
  report: { range: Range };
  /** The file's, without the range. */
  name: string;
  columns: readonly Column<Row>[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

/** A report's table among several: what its rows are is of no more interest. */
export function fileTable<Row extends object>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Pick<Answer<object>, "columns" | "rows"> {
  return { columns: columns as unknown as readonly Column<object>[], rows };
}

type Asked = ReportQuery & { format?: "json" | "csv" };

/**
 * A handler that answers with what `work` reports: as JSON, or as CSV where the parameter `format` or else the header `Accept`
 * asks for it.
 *
 * @param work gets, besides the request's parts, whether a file is wanted
 */
export function reportEndpoint<Op extends Operation, Row extends object>(
  operation: Op,
  work: (input: Input<Op>, asFile: boolean) => Promise<Answer<Row>>,
): RouteHandler {
  return endpoint(operation, async (input) => {
    const query = input.query as Asked;
    await refuseTooMany(operation, query, input.params);
    const asFile = wantsFile(input.request, query.format);
    const { report, name, columns, rows } = await work(input, asFile);
    return asFile ? csvResponse(fileName(name, report.range), columns, rows) : json(report);
  });
}

/** Of two as welcome forms, the first. */
const FORMS = ["application/json", "text/csv"];

function wantsFile(request: Request, format: "json" | "csv" | undefined): boolean {
  if (format) return format === "csv";
  const accept = request.headers.get("accept") ?? undefined;
  return new Negotiator({ headers: { accept } }).mediaType(FORMS) === "text/csv";
}

/**
 * Refuses a report that would have to read too many single messages. The log, which is read a page at a time, may be as long as it
 * likes.
 */
async function refuseTooMany(
  { id }: Operation,
  query: ReportQuery,
  params?: { country?: string },
): Promise<void> {
  const reads = id === "insightsBlocks" || (id !== "insightsMessages" && asksMessages(query.filters));
  if (!reads) return;
  const country = params?.country ? { in: [params.country], notIn: [] } : query.filters.country;
  if (await hasTooManyMessages(periodsOf(query), { ...query.filters, country })) throw tooManyMessages();
}

function tooManyMessages(): Problem {
  const message = `must be later, or \`country\` be one: this is counted from single messages, and more than ${MOST_MESSAGES} would have to be read`;
  return new Problem("invalid_request", { detail: `from: ${message}`, errors: [{ field: "from", message }] });
}
